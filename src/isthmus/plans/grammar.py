"""What a language's grammar of targets consists of; the tables of the lexicon fill it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.plans.numbers import Numerals


@dataclass(frozen=True)
class Grammar:
    """Patterns of one language; all match normalised, lower-cased text.

    Attributes
    ----------
    numerals
        How numbers are written.
    periods
        First and last year of the plan periods that texts call by a number.
    years
        Patterns of years, each with the part it plays.
    units
        Patterns of units, each with its name and the factor of its conversion.
    money
        Codes of currencies in front of an amount.
    masks
        Digits that are no values: law and chapter numbers, ages, names of products and standards, durations.
    ratios
        Denominators of ratio units, with the name they get; a group called n holds the count.
    bounds_before, bounds_after
        Operator by the pattern that ends in front of a quantity or starts behind it.
    to, by
        What ends in front of a quantity when it is a level, or a change; `to_strict` is the part of `to` that cannot
        introduce a change.
    amount
        A noun of change that governs the quantity (a reduction of, прирост составит, 降幅).
    by_after
        What follows a quantity that is a change: for example a noun of change.
    up, down
        Words of direction.
    forbids
        What turns a strict bound into its opposite: not to let something rise above.
    counted, counted_after
        Verbs whose object is counted, in front of the number (build 12 schools) or behind it (12 schools will be built).
    past, reported
        What reports a figure instead of setting one: `past` unless a word of the future stands beside it, `reported`
        always.
    verb_first
        A clause that opens with a verb of change and ends with the rate (降低物流成本10%).
    adds
        Says in front of a total that it is one of additions (新增).
    newly
        Says right behind an amount that it is an addition (3,500 new jobs).
    over_period
        A period over which an amount is summed (за 2026–2030 годы).
    attribute, attribute_behind, attribute_things, attribute_plain, attribute_size
        What makes a bounded quantity an attribute of the things meant, in front or behind; an unbounded one, in front;
        and one that goes on after another quantity (200 stations of at least 150 kW).
    fulfilled
        Says anywhere in a sentence that its plan was fulfilled.
    founded_on
        Follows a figure that a target builds on (在…的基础上).
    index, index_yearly, index_not, index_above
        Names an index whose 100 percent is the level before; says that this is the year before; names one that is not; and
        a noun of growth, which is one where the figure is above 100.
    project_names
        A project behind a size that stands in its name.
    whole_period
        A growth over all of a period that is counted in years, and therefore no yearly one.
    tells, intends, commands
        A verb that tells how things are or were; a word that says that something is wanted, announced or due; one that
        opens a sentence as a command. What only tells is a fact.
    told, ahead
        A finite verb that can only report, and a word that can only point ahead; a language that inflects its verbs has a
        tagger for both (`Lexicon.tenses`).
    spaced
        Whether words are written apart.
    says_aims
        Whether an aim has a word or a year that says so; what has none is a fact.
    suggests
        Says an aim where no verb tells how things are: a change, a bound, a noun of work.
    change_before, level_before
        What stands in front of a year from which a change may be counted; a level there, which is due by it.
    times_before, times_behind, times_led
        What makes a number of times a multiple: in front of it, behind it, or behind it where a value is announced.
    due_year, inside_year
        A year as written that is one of a deadline, or one in which something happens: neither starts a change.
    reaches
        Words put in front of the value in a cell, so that it reads like a target.
    announced
        Words put in front of an aim that was announced, so that it reads like one.
    aside
        A relative clause: it tells which things are meant, not how they are.
    share
        Opens a clause whose percentage is a share of something and, without a change, no growth.
    plan_parts
        What a plan counts of itself, behind its number (10 goals, 34 показателя).
    definite
        Says in front of a number that its things are known already (these two, the 27 members).
    carries
        What carries an aim, in front of what it is about (we plan to, it is expected that).
    nested
        What puts a quantity under the one before it (including, of which).
    """

    lang: str
    numerals: Numerals
    periods: Mapping[str, tuple[int, int]]
    years: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str, float]]
    money: str
    masks: Sequence[str]
    ratios: Sequence[tuple[str, str]]
    bounds_before: Sequence[tuple[str, str]]
    bounds_after: Sequence[tuple[str, str]]
    filler: str
    to: str
    to_strict: str
    amount: str
    by: str
    by_after: str
    from_before: str
    forbids: str
    range_between: str
    range_open: str
    segment: str
    up: str
    down: str
    up_after: str
    down_after: str
    growth: str
    growth_noun: str
    headline: str
    verb_first: str
    cumulative: str
    cumulative_strong: str
    over_period: str
    adds: str
    newly: str
    yearly: str
    relative: Sequence[tuple[str, str]]
    relative_ratio: str
    share: str
    ranks: Sequence[tuple[str, str]]
    multiples: Sequence[tuple[str, float, str]]
    times_plus: str
    half_is_multiple: bool
    spaced: bool
    says_aims: bool
    aside: str
    reaches: str
    announced: str
    counted: str
    counted_after: str
    past: str
    reported: str
    fulfilled: str
    future: str
    binding: str
    soft: str
    index: str
    index_yearly: str
    index_not: str
    index_above: str
    whole_period: str
    tells: str
    intends: str
    commands: str
    told: str
    ahead: str
    plan_parts: str
    milestone: str
    milestone_dated: str
    intention: str
    no_statement: str
    distributes: str
    joiner: str
    definite: str
    suggests: str
    change_before: str
    level_before: str
    due_year: str
    inside_year: str
    times_before: str
    times_behind: str
    times_led: str
    nested: str
    carries: str
    attribute: str
    founded_on: str
    attribute_size: str
    attribute_behind: str
    attribute_things: str
    attribute_plain: str
    project_names: str
    strip: str
