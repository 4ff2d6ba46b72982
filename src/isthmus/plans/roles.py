"""Which quantities of a statement are targets: start values, figures of the past and mere sizes are told from them."""

import re
from dataclasses import replace

from isthmus.plans.context import Context, in_bracket
from isthmus.plans.due import start_year
from isthmus.plans.grammar import Grammar
from isthmus.plans.patterns import search
from isthmus.plans.quantity import Quantity, Reading
from isthmus.plans.text import bracket_around, plain
from isthmus.plans.units import ALIKE, CURRENCIES, DURATIONS, PERCENT, PERMILLE, SHARES, SIZES, TIMES

_SEPARATOR = 9
"""Characters between two clauses (, whereas)."""
_ARROW = re.compile("→|⇒|->|➔")


def with_roles(contexts: list[Context], reading: Reading, grammar: Grammar) -> list[Context]:
    """Return the quantities with the part each plays; see `Context.role`."""
    result: list[Context] = []
    for i, context in enumerate(contexts):
        role, q = "target", context.quantity
        before = result[-1] if result else None
        onward = next(
            (c for c in contexts[i + 1 :] if not _only_listed(c, reading) and not in_bracket(c, context)), None
        )
        had = _is_had(q, onward, reading, grammar) or (_is_multiplied(context, before) and _starts(context, grammar))
        if not (had or context.of_list) and _is_attribute(context, contexts, reading, grammar):
            role = "attribute"
        elif (
            had
            or _is_start(context, before, onward, reading, grammar)
            or (not context.comes_to and context.mode != "by" and _in_bracket_of_past(q, reading, grammar))
            or (
                before is not None
                and before.role == "base"
                and (before.quantity.unit == PERCENT) >= (q.unit == PERCENT)
                and (_only_listed(context, reading) or in_bracket(context, before))
            )
        ):
            role = "base"
        elif q.told or search(grammar.told_from, context.left.rstrip()):
            role = "past"
        result.append(replace(context, role=role))
    return result


def _is_attribute(context: Context, contexts: list[Context], reading: Reading, grammar: Grammar) -> bool:
    """Say whether a quantity only tells which things are meant, in its own member of a list between semicolons."""
    q = context.quantity
    contexts = [c for c in contexts if ";" not in reading.text[slice(*sorted((c.quantity.start, q.start)))]]
    if q.bound == "<=" and len(contexts) > 1:
        before = contexts[max(0, contexts.index(context) - 1)]
        return before.quantity.bound == ">=" and _is_attribute(before, contexts, reading, grammar)
    after = context is not contexts[0]
    term = q.unit in DURATIONS and search(grammar.term_before, context.left)
    if term and any(search(grammar.to_word, c.left.strip()) for c in contexts[contexts.index(context) + 1 :][:1]):
        return True
    if (
        after
        and context.left.strip(" ~≈") == "("
        and any({q.unit, contexts[contexts.index(context) - 1].quantity.unit} <= {*units} for units in ALIKE)
    ):
        return True
    if search(grammar.founded_on, reading.source[q.end :]):
        return True
    if q.known and q.unit in SIZES and _in_a_name(context, reading, grammar):
        return True
    goes_on = after and (term or search(grammar.attribute_size, context.left))
    moved = search(rf"^\W*(?:{grammar.up}|{grammar.down})", context.left)
    change = q.unit == PERCENT and grammar.spaced and (moved or search(grammar.by_after, context.right))
    plain_size = q.form != "rank" and not change and search(grammar.attribute_plain, context.left)
    if goes_on or (plain_size and not (search(grammar.goes_back, context.left) and start_year(q, reading))):
        return True
    in_words = q.form == "words" and q.scale == 1.0 and q.unit != PERCENT
    if not (q.operator or q.bound or context.operator or in_words):
        return q.known and _sizes_the_next(context, contexts, reading, grammar)
    beside = len(contexts) > 1 or (q.known and q.unit != "persons" and not _is_built(context.left.rstrip(), grammar))
    opens = not context.left.strip() and " per " in q.unit and not grammar.spaced
    end = next((c.quantity.end for c in contexts[contexts.index(context) + 1 :][:1] if c.quantity.bound == "<="), q.end)
    behind = q.unit not in (PERCENT, PERMILLE) and (
        (beside and search(grammar.attribute_behind, reading.text[end:]))
        or (opens and re.match("[\u4e00-\u9fff]{2}", reading.text[end:]))
        or _sizes_with_the_next(context, contexts, reading, grammar)
        or search(grammar.attribute_things, reading.text[end:])
        or _sizes_the_next(context, contexts, reading, grammar)
    )
    sized = q.operator or context.operator or in_words
    return bool(behind or (sized and search(grammar.attribute, context.left)))


def _in_a_name(context: Context, reading: Reading, grammar: Grammar) -> bool:
    """Say whether a size stands in the name of a project, between its owner and what it is (…120万吨乙烯项目)."""
    owner = context.left.rstrip()
    named = search(grammar.project_names, reading.text[context.quantity.end :])
    return bool(owner) and named is not None and not _is_built(owner, grammar)


def _is_built(words: str, grammar: Grammar) -> bool:
    """Say whether words end in a verb whose object is counted."""
    return any(search(rf"(?:{verbs})$", words) for verbs in (grammar.counted, grammar.cumulative, grammar.adds))


def _sizes_with_the_next(context: Context, contexts: list[Context], reading: Reading, grammar: Grammar) -> bool:
    """Say whether a size is joined to another one of the things that are meant (人数超过30人、井深超过800米的矿山)."""
    following = next(iter(contexts[contexts.index(context) + 1 :]), None)
    joined = following and re.match("、[^，。；、]+$", reading.text[context.quantity.end : following.quantity.start])
    bound = following and (following.operator or following.quantity.operator)
    return bool(joined and bound and following and _is_attribute(following, contexts, reading, grammar))


def _sizes_the_next(context: Context, contexts: list[Context], reading: Reading, grammar: Grammar) -> bool:
    """Say whether a bound right behind a quantity is followed by the things that are counted (以上 企业突破300家)."""
    q, index = context.quantity, contexts.index(context)
    sized = q.operator or q.form == "words" or (context.operator and q.unit in CURRENCIES)
    if grammar.spaced or q.form == "rank" or index + 1 == len(contexts):
        return False
    following = contexts[index + 1].quantity
    counted = not following.known and following.unit != ""
    if not (sized or (q.known and counted and search(grammar.attribute_behind, reading.text[q.end :]))):
        return False
    between = reading.text[q.end : following.start]
    return (
        following.unit != q.unit
        and bool(re.match(r"[\u4e00-\u9fff]{2,}", between))
        and not search(f"[，；。、]|(?:{grammar.conjunction})$", between)
    )


def _only_listed(context: Context, reading: Reading) -> bool:
    """Say whether a quantity ends a range, or goes on a list with nothing of its own: no word for to, no clause, no year."""
    gap = range(context.window[0], context.quantity.start)
    if context.quantity.bound == "<=":
        return True
    own = context.token or context.mode == "by" or reading.text[context.window[0] - 1] in ";；"
    return context.listed and not own and not any(year.start in gap for year in reading.years)


def _is_start(
    context: Context, before: Context | None, later: Context | None, reading: Reading, grammar: Grammar
) -> bool:
    q = context.quantity
    if q.bound == "<=" or q.form == "multiple" or q.unit == TIMES:
        return False
    if later is not None and _ARROW.search(reading.source, q.end, later.quantity.start):
        between = [y.year for y in reading.years if q.end <= y.start < later.quantity.start]
        return all(year <= reading.reported_to for year in between)
    if later is not None and not context.comes_to and _steps_on(q, later.quantity, reading):
        return True
    if later is not None and search(grammar.aims_beside, reading.text[q.end : later.quantity.start]):
        return True
    gaps = _since_base_years(q, reading)
    inside = bracket_around(reading.text, q.start, q.end)
    compared = any(y.role == "base" and y.start in inside for y in reading.years)
    alike = before is not None and (
        (before.quantity.unit == q.unit and (before.mode == "by" or q.unit != PERCENT))
        or (before.quantity.unit == PERCENT and before.mode == "by" and q.unit not in (*SHARES, ""))
    )
    of_base = later is not None if before is None else alike
    if "(" in gaps and not compared and of_base:
        return True
    had = q.form != "fraction" and any(search(grammar.had, gap) for gap in gaps)
    if not (had or _starts(context, grammar)):
        return False
    if later is not None and (later.mode == "to" or later.quantity.unit in (q.unit, "rank")):
        return True
    return goes_back(context, before, later, grammar)


def _since_base_years(q: Quantity, reading: Reading) -> list[str]:
    """Return what stands between each base year in front of a quantity and this."""
    return [reading.text[y.end : q.start].strip() for y in reading.years if y.role == "base" and y.end <= q.start]


def _is_had(q: Quantity, later: Context | None, reading: Reading, grammar: Grammar) -> bool:
    """Say whether a quantity is the value of a base year (than in 2019, which was 12), in Chinese in front of its change."""
    if q.bound == "<=" or q.form in ("fraction", "multiple") or q.unit == TIMES:
        return False
    grows = later is not None and later.mode == "by"
    return (grammar.spaced or grows) and any(search(grammar.had, gap) for gap in _since_base_years(q, reading))


def _starts(context: Context, grammar: Grammar) -> bool:
    return search(grammar.from_before, context.left.rstrip()) is not None


def _is_multiplied(context: Context, before: Context | None) -> bool:
    """Say whether a quantity stands in the clause of a multiple in a word in front of it (double the capacity of 5 t)."""
    return before is not None and before.quantity.form == "multiple" and context.window[0] == before.quantity.end


def _steps_on(q: Quantity, later: Quantity, reading: Reading) -> bool:
    """Say whether a value with a year of the past is followed by one of the same with a year ahead (42 in 2020; 68 in 2025).

    The years may stand in front (in 2020 it is 42, in 2025 – 68).
    """
    alike = q.unit.partition(" per ")[0] == later.unit.partition(" per ")[0]
    behind = [y for y in reading.years if y.start >= q.end]
    in_front = reading.steps and re.match("[,;]", reading.text[q.end :])
    years = reading.years if in_front else behind
    steps = len(years) > 1 and years[0].start < later.start and years[0].year <= reading.reported_to < years[1].year
    return alike and steps and not plain(reading.text[q.end : later.start]).strip(" ;,–")


def goes_back(base: Context, before: Context | None, later: Context | None, grammar: Grammar) -> bool:
    """Say whether a start value stands behind its target: up from, against; or from, in its clause, or alone in the next."""
    if search(rf"{grammar.goes_back}|[(（](?:[^\w()（）]*\w+){{0,3}}[^\w()（）]*$", base.left.rstrip()):
        return True
    alike = before is not None and before.role == "target" and base.quantity.unit in ("", before.quantity.unit)
    if _is_multiplied(base, before):
        return True
    if before is None or not alike:
        return False
    return base.window[0] == before.quantity.end or (later is None and base.window[0] - before.window[1] <= _SEPARATOR)


def _in_bracket_of_past(quantity: Quantity, reading: Reading, grammar: Grammar) -> bool:
    """Say whether a quantity stands in brackets with a word for now, or a year of its own before that of the target outside."""
    bracket = bracket_around(reading.text, quantity.start, quantity.end)
    compared = [y for y in reading.years if y.role == "base" and y.start >= quantity.end]
    inside = [y.year for y in reading.years if y.start in bracket and y not in compared]
    outside = [y.year for y in reading.years if y.year not in inside and y.role in ("target", "period")]
    if search(grammar.now, reading.source[bracket.start : bracket.stop]):
        return True
    ahead = 0 < reading.reported_to < inside[0] if inside else False
    return len(inside) == 1 and not ahead and inside[0] < max(outside, default=reading.reported_to + 1)
