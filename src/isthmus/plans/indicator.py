"""The words that say what is measured: a clause without its numbers, years, operators and verbs of change."""

import re
from collections.abc import Callable, Sequence

from isthmus.plans.context import purpose_in
from isthmus.plans.grammar import Grammar
from isthmus.plans.numbers import find_numbers
from isthmus.plans.patterns import finditer, search
from isthmus.plans.plan import Kind
from isthmus.plans.quantity import Finding
from isthmus.plans.text import BLANK, VERB, blank, probe, shortened
from isthmus.plans.tidy import EDGES, tidy
from isthmus.plans.units import CURRENCIES, DURATIONS, SHARES, unit_at

_WORD = re.compile(r"[^\W\d_]{3}")
_OPENING = re.compile(r"\W*([^\W\d_]+) (?=[^\W\d_])")
_VERB = 2
"""Characters of a Chinese verb that stands alone in front of a quantity (完成4.2亿千瓦机组改造)."""
_FEW = 5
"""Words at most of what a share is of, where they say nothing of what it has."""
_PHRASE = 8
"""Words at most of the subject of a verb that stand in front of it in a name."""
_RATE = 30
"""Characters behind an amount that may say that it is one of each year."""
_PART = 3
"""Words at most of a part of what a measure in front of a colon is of."""
_NUMBER = re.compile(r"\W*(?:[^\W\d]+ )?\d[\w.]*(?:[):]+|(?<=\.)) ?(?=[^\W\d]|\W*$)")
"""Opens a clause with its number (Target 2.4:)."""
_LABELLED = re.compile(r" [A-ZА-ЯЁ][^.;:]*: ")
"""The name of the next value of a list of names and values (north: 5 km South and west: 7 km)."""


def indicators_of(
    findings: Sequence[Finding], text: str, masked: str, grammar: Grammar, before: str = "", under: str = ""
) -> list[str]:
    """Return what each finding of a statement measures; both ends of a range are named by the words around both.

    Parameters
    ----------
    text, masked
        The normalised statement and the same with years and quantities blanked; positions agree.
    before
        The last indicator of the statement in front, else its heading: what a pronoun stands for (it, the figure).
    under
        The last indicator of the paragraph, else its heading: what a bare measure is of (coverage).
    """
    names: list[str] = []
    name, used = "", 0
    under = _label(findings, text, masked, grammar) or under
    for i, finding in enumerate(findings):
        name, used = _indicator(finding, text, masked, grammar, name, used)
        if len(name) < 2 or search(f"{grammar.pronoun}|{grammar.measure}", name.lower()):
            name = (names[-1] if names else before or under) or name
        name = _with_purpose(name, finding, text, masked, grammar)
        vague = search(grammar.bare, name.lower())
        of = names[0] if names else under or (before if vague else "")
        if of and (vague or _whole(name, finding, masked, grammar)):
            name = of if name.lower() in of.lower() else f"{of}: {name}"
        step = names and finding.unit == findings[i - 1].unit and names[-1].lower()
        if step and (name.lower() == finding.unit.lower() or step.endswith(f" {name.lower()}")):
            name = names[-1]  # the next step of a path: 8 trains in 2030 and 15 trains in 2035
        beside = text[findings[i - 1].end : finding.start].strip() == "("
        if i and (beside or findings[i - 1].window[0] == finding.window[0]) and len(name) > len(names[-1]):
            names[-1] = name
        verb = (
            ""
            if grammar.spaced or not i
            else _verb_in_common(name, names[-1], text[findings[i - 1].end : finding.start], grammar)
        )
        names.append((verb + name).replace(grammar.announced, "") if grammar.announced else verb + name)
    return names


def named_above(names: Sequence[str], findings: Sequence[Finding], above: str) -> list[str]:
    """Return names, those that are only a unit with the words `above` the value (200,000 yen below Spending of guests)."""
    told = above if not re.search(r"\d", above) else ""
    pairs = zip(names, findings, strict=True)
    return [f"{told} ({f.unit})" if told and f.unit and name in ("", f.unit) else name for name, f in pairs]


def _label(findings: Sequence[Finding], text: str, masked: str, grammar: Grammar) -> str:
    """Return the few words in front of a colon that a statement opens with (Roads: raise the share to 4 %)."""
    end = masked.find(": " if grammar.spaced else ":", 0, min((f.start for f in findings), default=0))
    label = tidy(text[: max(end, 0)], masked[: max(end, 0)], grammar)
    vague = search(f"{grammar.bare}|{grammar.measure}|{grammar.pronoun}", label.lower())
    return "" if vague or len(label.split()) > _FEW else label


def _verb_in_common(name: str, before: str, between: str, grammar: Grammar) -> str:
    """Return the verb of the name before, where a count goes on its list without one of its own (新建12家A和8家B)."""
    verbs = f"(?:{grammar.counted}|{grammar.cumulative}|{grammar.adds})"
    joined = search(rf"^[^，。；]+(?:、|{grammar.conjunction})$", between)
    verb = re.match(verbs, before) if joined and not re.match(verbs, name) else None
    return verb.group() if verb else ""


def _with_purpose(name: str, finding: Finding, text: str, masked: str, grammar: Grammar) -> str:
    """Return the name of an amount that is spent with what it is for, and a bare count of things with what becomes of them."""
    spent = finding.unit in CURRENCIES and search(grammar.spends, name.lower())
    things = _counted(finding, text, grammar).lower()
    if not grammar.spaced or not (spent or (name.lower() == things and " " not in things)):
        return name
    end = masked.find(BLANK, finding.end)
    behind = text[finding.end : end if end > 0 else len(text)].partition(";")[0]
    behind = tidy(behind, behind, grammar, front=False)
    return f"{name} {shortened(behind)}" if len(behind.split()) > (0 if spent else _PART) else name


def with_rate(name: str, finding: Finding, text: str, grammar: Grammar) -> str:
    """Return the name of an amount with the words right behind this that make it one of each year (on average per year)."""
    behind = probe(text[finding.end : finding.end + _RATE])
    yearly = re.match(rf"\W{{0,3}}((?:[^\W\d]+ ){{0,2}}(?:{grammar.yearly}))(?!\w)", behind) if grammar.spaced else None
    if yearly is None or not name or finding.value is None or finding.unit in SHARES:
        return name
    return name if yearly[1].split()[-1] in probe(name) else f"{name} ({yearly[1].strip()})"


def without_verbs(text: str, masked: str, tells: Callable[[str], bool], grammar: Grammar) -> str:
    """Return a masked statement with its finite verbs marked, where a language tells them by their forms."""
    for word in finditer(grammar.finite, probe(text)):
        masked = blank(masked, *word.span(), VERB) if tells(word.group()) else masked
    return masked


def _whole(name: str, finding: Finding, masked: str, grammar: Grammar) -> bool:
    """Say whether a name is no more than what a share is of (60 % of households): what they have stands elsewhere."""
    if search(rf"(?<!\w)(?:{grammar.happens})(?!\w)", name.lower()) or len(name.split()) > _FEW:
        return False
    of = rf" (?:{grammar.opens_of}) (?:the )?{re.escape(name.lower())}(?: per \w+)?(?: (?:{grammar.until}))?(?: ?[^\w\s]|$)"
    return grammar.spaced and finding.unit in SHARES and re.match(of, masked[finding.end :]) is not None


def _indicator(finding: Finding, text: str, masked: str, grammar: Grammar, previous: str, used: int) -> tuple[str, int]:
    """Return the indicator of a finding and how far into the text its words reach.

    `previous` and `used` are those of the finding before, taken where a clause names none of its own.
    """
    start, end = finding.window
    if finding.kind in (Kind.MILESTONE, Kind.QUALITATIVE):
        words = tidy(text[start:end], masked[start:end], grammar, front=False, back=False)
        return re.sub(rf"^(?:{grammar.year_alone}|[，, ])+", "", words), end
    aim = text.find(grammar.announced)
    start = min(max(start, used, aim + len(grammar.announced) if aim >= 0 else 0), finding.start)
    front = text[start : finding.start].lower()
    if previous and search(grammar.again, front[front.rfind("(") :] if "(" in front else ""):
        return previous, used
    if previous and (aside := search(rf"[)）],? (?:(?:{grammar.conjunction}) )?$", front)):
        start += aside.end()
    listed = previous and search(rf"^ ?(?:(?:{grammar.conjunction}) )?((?:{grammar.in_word}) [^,;]+), ", front)
    if listed and text[:start].endswith(";"):  # cut 5 t in A; in B, 3 t
        own = re.sub(rf" (?:{grammar.in_word}) (?!.* (?:{grammar.in_word}) ).*$", "", previous)
        return f"{own} {text[start:][slice(*listed.span(1))]}", finding.end
    left, reach, right = _phrase(finding, start, text, masked, grammar)
    unit = unit_at(left.lower(), 0, grammar) if previous and grammar.spaced else None
    left = "" if unit and unit.known and unit.end >= len(left) else left
    undated = masked[start : finding.start].replace(BLANK, "")
    part = search(grammar.part_said, undated) if previous and len(left) > 1 else None
    left = f"{previous}{part.group()[-1]}{left}" if part else left
    between = re.sub(rf"{grammar.conjunction}|{grammar.disjunction}", "", masked[start : finding.start].lower())
    goes_on = right.startswith((",", ")")) or (grammar.spaced and not _WORD.search(between))
    apart = previous and search(grammar.whose, right)
    goes_on = goes_on or search(grammar.where, right) is not None
    if len(left) < 2 and (apart or not (previous and goes_on)):
        reach = finding.end + len(right)
        left = tidy(text[finding.end : reach], right, grammar)
        left = f"{previous.rpartition(': ')[0] or previous}: {left}" if apart and left else left
    if previous and search(grammar.measure, left.lower()):
        return previous, used
    if len(left) < 2 or search(grammar.measure, left.lower()):
        named = previous or _subject(text[: finding.start], masked[: finding.start], grammar)
        if len(named) >= 2 and not (left and left in named):
            return named, used
    return (left, reach) if len(left) >= 2 else (previous, used)


def _phrase(finding: Finding, start: int, text: str, masked: str, grammar: Grammar) -> tuple[str, int, str]:
    """Return the words around a quantity that say what it measures, how far they reach, and what stands behind it."""
    right = _right(finding, text, masked, grammar)
    counted = _counted(finding, text, grammar)
    if sized := _with_size(finding, text, masked, grammar):
        return sized, finding.end, right
    rest = _governed(right, counted, grammar)
    left, opens = _named(text[start : finding.start], masked[start : finding.start], counted, rest is not None, grammar)
    behind = rest if opens else _behind(finding, right, grammar, lone=len(left) <= _VERB)
    opened = (behind or counted) and text[: finding.start].endswith(", ")  # as planned, 40% of homes will have
    left = counted if opened and search(rf"(?<!\w)(?:{grammar.happens})(?!\w)", right) else left
    behind = search(f"^{grammar.phrase}", right) if behind and left in ("", counted) and grammar.spaced else behind
    if measured := _behind_a_count(finding, text, right, grammar):
        return *measured, right
    if behind is None:
        return left, start, right
    reach, begin = finding.end + behind.end(), finding.end + behind.start(1)
    of = search(f"^(?:{grammar.opens_of})" if grammar.spaced else grammar.of_what, behind[1])
    bare = not left or ((opens or not grammar.spaced) and not of)
    front = bare and not _is_within(finding)
    tail = tidy(text[begin:reach], right[behind.start(1) : behind.end()], grammar, front=front, back=bare or opens)
    counts = finding.unit not in SHARES and search(grammar.counted, left.lower())
    done = _is_verb_before(text[: finding.start], grammar) or (
        " " not in left and search(grammar.commands, f"{left.lower()} ")
    )
    if (counts or done) and not search(grammar.noun_ending, left):
        tail = re.sub(grammar.of, "", tail)
    reach = start if behind.start(1) and not grammar.spaced else reach
    tail = "" if opens and bare and search(f"^(?:{grammar.happens})", behind[1]) and " " not in tail else tail
    tail = "" if grammar.spaced and f" {left}".lower().endswith(f" {tail}".lower()) else tail
    left = left if tail else tidy(left, left, grammar, front=False)
    tail = f"“{tail}" if tail.count("”") > tail.count("“") else tail
    return (f"{left} {tail}".strip() if grammar.spaced else left + tail), reach, right


def _right(finding: Finding, text: str, masked: str, grammar: Grammar) -> str:
    """Return what stands behind a quantity, up to what another one measures."""
    right = masked[finding.end : finding.window[1]]
    right = "" if text[: finding.start].endswith(": ") and _LABELLED.match(text, finding.end) else right
    right = f" {right[1:]}" if text[: finding.start].rstrip().endswith("(") and right.startswith(") ") else right
    if finding.unit in SHARES:  # what they have or are belongs to what a share is of
        right = "".join(c if m == VERB else m for c, m in zip(text[finding.end :], right, strict=False))
    right = right.partition(VERB)[0]
    # behind the last joining word in front of another quantity stands what that one measures
    joined = search(rf"(?:,| (?:{grammar.conjunction})(?!.* (?:{grammar.conjunction}) )) [^,;.–]*$", right)
    right = right[: joined.start()] if joined and masked[finding.window[1] :].startswith(BLANK) else right
    return right[
        : next(
            (m.start() for m in finditer(grammar.carries, right) if search(f"^(?:,|{grammar.conjunction})", m[0])), None
        )
    ]


def _behind_a_count(finding: Finding, text: str, right: str, grammar: Grammar) -> tuple[str, int] | None:
    """Return what stands behind a rank that says of what it is, or behind a multiple in words its object, and its end."""
    by = search(grammar.ranked_by, right) if finding.kind is Kind.RANK else None
    if by:
        return tidy(text[finding.end + by.start(1) : finding.end + by.end(1)], by[1], grammar), finding.end + by.end(1)
    compared = search(f"{grammar.up_after}|{grammar.down_after}|{grammar.where}", right)
    thing = search(grammar.object, right) if finding.kind is Kind.MULTIPLE and not compared else None
    if thing and _WORD.search(thing.group()) and not re.search(r"\d", text[finding.start : finding.end]):
        reach = finding.end + thing.end()
        return tidy(text[finding.end : reach], thing.group(), grammar), reach
    return None


def _is_verb_before(text: str, grammar: Grammar) -> bool:
    """Say whether a verb ends a text: it stands behind the word for to, an adverb between them, and is no more than that."""
    *words, verb = text.lower().split() or [""]
    words = words[:-1] if words and search(grammar.adverb, words[-1]) else words
    return bool(words) and search(grammar.to_word, words[-1]) is not None and verb.isalpha()


def _with_size(finding: Finding, text: str, masked: str, grammar: Grammar) -> str:
    """Return what a quantity behind an article says the size of (a 20% cut in losses, a 40 MW plant); "" for a measure.

    So does one behind a lone noun of work (Installation of 40 MW plants).
    """
    of = rf" (?:{grammar.opens_of}) "
    work = grammar.spaced and not (search(f"^{of}", masked[finding.end :]) or _counted(finding, text, grammar))
    lone = rf"|^(?:\W*\w{{1,4}}\))?\W*[^\W\d_]+{of}$" if work else ""
    if not search(f"{grammar.article}{lone}", text[: finding.start].lower()):
        return ""
    behind = search(f"^{grammar.phrase}", masked[finding.end : finding.window[1]])
    word = re.match(r"[^\W\d_][\w'-]*", behind[1]) if behind else None
    if not behind or not word or search(f"^(?:{grammar.no_noun}|{grammar.opens_of})$", word[0].lower()):
        return ""
    start, end = (finding.end + at for at in behind.span(1))
    verb = search(rf" (?:{grammar.happens})(?!\w)", text[start:end])
    end = start + verb.start() if verb else end
    name = tidy(text[start:end], masked[start:end], grammar)
    opened = name.split(" ")[0].lower() if name else ""
    vague = any(
        search(pattern, words.lower()) for pattern in (grammar.bare, grammar.unnamed) for words in (opened, name)
    )
    return "" if vague or len(name) < 3 else name


def _behind(finding: Finding, right: str, grammar: Grammar, *, lone: bool) -> "re.Match[str] | None":
    """Return the words behind a quantity that say what it is of, or what its measure word counts or a lone verb governs."""
    counted = re.fullmatch("[\u4e00-\u9fff]|persons|households", finding.unit)
    counts = not grammar.spaced and (lone or counted or _is_within(finding))
    return search(f"({grammar.of_what})", right.lower()) or (search(grammar.things_behind, right) if counts else None)


def _is_within(finding: Finding) -> bool:
    """Say whether a finding is the time within which something is done, which stands behind it (2小时内到达)."""
    return finding.unit in DURATIONS and finding.operator == "<=" and not finding.direction


def _governed(right: str, counted: str, grammar: Grammar) -> "re.Match[str] | None":
    """Return the words behind a quantity that are what it measures or counts (a 500 kW plant, 60 % recovery of waste)."""
    word = re.match(r"[ -]([^\W\d_][\w'-]{2,})", right) if grammar.spaced else None
    more = f"|{grammar.conjunction}" if counted and re.fullmatch(grammar.adjective, counted.split()[-1]) else ""
    opens = counted and search(f"^ (?:{grammar.opens_of}|{grammar.happens}{more})(?!\\w)", right)
    noun = word and not any(
        search(f"^(?:{no})", word[1]) for no in (rf"(?:{grammar.no_noun})$", grammar.adverb, grammar.carries)
    )
    return search(f"^{grammar.phrase}", right) if opens or noun else None


def _named(text: str, masked: str, counted: str, governs: bool, grammar: Grammar) -> tuple[str, bool]:
    """Return what the words in front of a quantity are about, and whether what stands behind it says what it measures.

    What stands behind a colon says it, with a measure in front of it that it is a part of (share of schools: upland).
    """
    opened, colon = _NUMBER.match(text), text.rfind(": ")
    if colon < (opened.end() if opened else 0):
        return _object(text, masked, counted, governs, grammar)
    name, opens = _object(text[colon + 2 :], masked[colon + 2 :], counted, governs, grammar)
    name = "" if name == counted or search(grammar.pronoun, name.lower()) else name
    if opens or len(name.split()) > _PART:
        return name, opens
    before, _ = _named(text[:colon], masked[:colon], "", False, grammar)
    words = before.lower().split()
    if name and any(search(grammar.bare, " ".join(words[:n])) for n in (1, 2)):
        return f"{before}: {name}", False
    return name or " ".join([before] if counted in before else [before, counted]), False


def _object(text: str, masked: str, counted: str, governs: bool, grammar: Grammar) -> tuple[str, bool]:
    """Return what the words in front of a quantity are about, and whether what stands behind it says what it measures.

    The object of the words that carry an aim (we plan to, it is expected that) says it, or where there is only a verb the
    subject in front of them as well; what a verb counts ends it. A verb right in front of the quantity governs what follows.
    """
    verb, end = "", len(text)
    inner = purpose_in(text.lower(), grammar)
    marks = [*finditer(grammar.carries, text.lower()), *finditer(f"{VERB}+", masked)]
    for match in [*sorted((m for m in marks if m.start() not in inner), key=lambda m: m.end(), reverse=True), None]:
        start = match.end() if match else 0
        adjunct = search(rf"^\W*(?:{grammar.adjunct})+(?=\S|$)", text[start:end]) or _NUMBER.match(text[start:end])
        start += adjunct.end() if adjunct else 0
        opened = _OPENING.match(text, start, end)
        how = opened and search(grammar.adverb, opened[1]) and re.match(grammar.commands, text[opened.end() :].lower())
        start = opened.end() if opened and how else start
        words = tidy(text[start:end], masked[start:end], grammar)
        words = "" if search(grammar.adverb, words) else words
        words = "" if match and match[0][0] == VERB and search(grammar.where, text[start:end].lower()) else words
        last, piece = end == len(text), text[start:end].lower()
        link = _link(words, piece, grammar) if last else ""
        done = search(grammar.counted, piece if link else words.lower())
        counts = f"{link} {counted}".strip() if counted and (link or match or " " not in words or done) else ""
        alone = words.lower() == text[start:end].strip().split(" ")[0].lower()
        if last and governs and (alone or not words) and not search(f"{grammar.complement}|{grammar.passive}", piece):
            return " ".join(filter(None, ("" if search(grammar.passive, words.lower()) else words, counted))), True
        if link and governs and not counted:
            return f"{words} {link}", True
        if match and words and alone and last and not counted:
            verb = words
        elif (len(words) >= 2 and not search(grammar.pronoun, words.lower())) or (counted and not match):
            does = verb and len(words.split()) > _PHRASE and re.match(grammar.commands, f"{verb.lower()} ")
            return " ".join(filter(None, ("" if does else words, verb, counts))), False
        if match and search(grammar.undertakes, match[0]):
            break
        end = match.start() if match else 0
    return verb or counted, False


def _link(words: str, piece: str, grammar: Grammar) -> str:
    """Return what joins the things that are counted to the words in front of them: of, for or in, or to where nothing changes."""
    changes = search(f"{grammar.up}|{grammar.down}", piece)
    links = grammar.opens_of if changes else f"{grammar.opens_of}|{grammar.gives_to}"
    link = re.search(rf"{re.escape(words.lower())} ((?:{links})) [^\d.,;]*$", piece) if words else None
    return link[1] if link else ""


def _counted(finding: Finding, text: str, grammar: Grammar) -> str:
    """Return the things that a quantity counts, as written; "" for measures, money, times and shares."""
    written = text[finding.start : finding.end] if finding.kind not in (Kind.RANK, Kind.MULTIPLE) else ""
    numbers = find_numbers(written.lower(), grammar.numerals)
    number = max((n.end for n in numbers if not re.match("-[a-z]", written[n.end :])), default=0)  # four-star rooms
    unit = unit_at(written.lower(), number, grammar) if grammar.spaced else None
    return written[number:].strip() if unit and (not unit.known or unit.name == "persons") else ""


def _subject(text: str, masked: str, grammar: Grammar) -> str:
    """Return what a sentence opens with, up to its first year or quantity: what a later clause calls "it"."""
    end = masked.find(BLANK, len(masked) - len(masked.lstrip(BLANK + EDGES)))
    end = end if end > 0 else len(text)
    return tidy(text[:end], masked[:end], grammar)
