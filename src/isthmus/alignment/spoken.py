"""What rows read from a plan speak of, what their side does with it, and whom they name; rows as plan statements."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from isthmus.alignment.glossary import SPACELESS, Glossary, GlossaryReading, narrowest, read_statement
from isthmus.alignment.items import ObjectLink, link_objects
from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Matcher
from isthmus.alignment.objects import ObjectRules
from isthmus.alignment.roles import Trade
from isthmus.core.provenance import Status
from isthmus.plans.plan import Target
from isthmus.plans.statement import Checked, DocumentKind, OfficialDocument, PlanStatement, Role, StatementKind

SIDES = ("left", "right")
"""Sides of a pair whose rows name no partner."""
_CLAUSE = re.compile(r"(?:[^，；;。,]|,(?=\d))+")
_EDGES = " .,:;–-"
_MANY = 3
"""Objects from which a clause only lists them."""
_SOUGHT = {"visit": Role.SUPPLIES, "service": Role.NEEDS}
"""What a side does that attracts guests, investors or workers, by the kind of the object."""
_SHARED = frozenset({"link", "procedure"})
"""Kinds of objects that two sides can only have together."""
_SHORT = 240
"""Characters up to which a passage is shown whole beside its clause."""
_STEM, _ADJECTIVE, _ENDING = 4, 5, 2
"""Letters of the shortest stem of an inflected name and of an adjective made of it, and by how many the former may be longer.

Shorter stems begin other words as well.
"""
_INFLECTED = re.compile("(?:ая|ое|ый|ий|[аяйьыо])$")
"""What an inflected Russian name loses at its end."""
_WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True)
class Speech:
    """By what rows of plans are read: the words of the glossary, and the names of economies, groups and regions.

    Attributes
    ----------
    homes
        Names of each partner, which it does not name as another's. Of a document without a partner it is the country that its
        rows name most.
    """

    glossary: Glossary
    rules: ObjectRules
    homes: Mapping[str, frozenset[str]]

    @cached_property
    def others(self) -> frozenset[str]:
        """Names of countries and of groups of states, without regions."""
        groups = frozenset[str]().union(*self.rules.groups.values())
        return groups.union(name for name, around in self.rules.territories.items() if around)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of countries, groups of states and regions."""
        return self.others.union(self.rules.territories)

    def read(self, text: str, lang: str) -> GlossaryReading:
        """Return what the glossary finds in a text."""
        return read_statement(text, lang, self.glossary)

    def named(self, target: Target) -> tuple[str, ...]:
        """Return whom a row names beside its own side, whose name may hold that of a region."""
        own = self.homes.get(target.partner, ())
        found = named_in(target.text, target.lang, self.names)
        return tuple(name for name in found if not any(name in home for home in own))

    def of_another(self, target: Target) -> bool:
        """Say whether a row begins with the name of another country, which then does what it tells."""
        first = target.text if target.lang in SPACELESS else next(iter(_WORD.findall(target.text)), "")
        names = self.others - self.homes.get(target.partner, frozenset())
        if target.lang in SPACELESS:
            return first.startswith(tuple(names))
        stems = tuple(stem for name in names if len(stem := _INFLECTED.sub("", name)) >= _ADJECTIVE)
        return first.startswith(stems) or bool(named_in(first, target.lang, names))

    def home_of(self, targets: Sequence[Target]) -> frozenset[str]:
        """Return the name of the country that rows without a partner name most, whose plan they are taken to be."""
        often = Counter(name for target in targets for name in self.named(target) if name in self.others)
        return frozenset(name for name, _ in often.most_common(1))

    def role(self, text: str, target: Target) -> Role:
        """Return what the side of a row does, by the words of a text and by whom the row names."""
        return role_of(self.read(text, target.lang), names_others=not self.others.isdisjoint(self.named(target)))


def with_objects(targets: Sequence[Target], speech: Speech) -> list[Target]:
    """Return rows with the glossary objects of their indicator, and with what their side does with them; what is set stays."""
    if "" not in speech.homes:
        speech = replace(speech, homes={**speech.homes, "": speech.home_of(targets)})
    return [
        replace(
            target,
            objects=target.objects or ";".join(sorted(told)),
            role=target.role or (speech.role(target.text, target) if told else ""),
        )
        for target in targets
        for told in [narrowest(speech.read(target.indicator, target.lang).objects, speech.glossary)]
    ]


def spoken(targets: Sequence[Target], speech: Speech, *, from_documents: bool = True) -> list[PlanStatement]:
    """Return what plans say of narrow known objects (`ObjectFacts`) as plan statements, each object of a passage once.

    A row with a number speaks of its indicator; one in words is gone through clause by clause, since what a long sentence does
    with one thing it does not do with the next. A clause that lists many things, or has no verb, says little of any; a corridor
    or a procedure concerns others where the row looks abroad; and what another country does is no aim of the side.

    Parameters
    ----------
    from_documents
        Whether the rows are passages that a program read in the plans: they are unverified where nobody set their status to
        verified. Rows of a table keep the status that stands there.
    """
    known = speech.rules.known
    found: dict[tuple[str, str, frozenset[str]], PlanStatement] = {}
    for target in targets:
        for part in [] if speech.of_another(target) else _parts(target):
            reading = speech.read(part, target.lang)
            told = narrowest(reading.objects, speech.glossary)
            narrow = frozenset(key for key in told if key in known and not known[key].wide)
            shared = any(known[key].kind in _SHARED for key in narrow)
            abroad = not shared or "abroad" in reading.cues or bool(speech.named(target))
            does = abroad and (target.value is not None or bool(reading.cues))
            if narrow and does and len(told) <= _MANY and (target.partner, target.text, narrow) not in found:
                said = _statement(target, part, min(narrow), speech)
                if from_documents:
                    reviewed = target.status is Status.VERIFIED
                    said = replace(
                        said,
                        checked=Checked.PRIMARY,
                        status=Status.VERIFIED if reviewed else Status.UNVERIFIED,
                    )
                found[target.partner, target.text, narrow] = said
    return list(found.values())


def row_links(
    left: Sequence[Target],
    right: Sequence[Target],
    matcher: Matcher,
    names: Mapping[str, frozenset[str]],
    trade: Trade | None = None,
) -> list[ObjectLink]:
    """Return the pairs of rows of two plans about one object that leave something to settle (none is *related*), best first.

    Parameters
    ----------
    names
        Names of economies by code. A side whose rows have no code, or not one alone, is the country that they name most.
    trade
        Trade of the world; without it no complement is confirmed.

    Returns
    -------
    list of ObjectLink
        Each two rows once, by their best object; the statements have the ids, texts and partners of their rows.
    """
    speech, codes = Speech(matcher.glossary, matcher.rules, {}), partners_of(left, right)
    homes = {
        code: names.get(code) or speech.home_of([replace(target, partner="") for target in rows])
        for code, rows in zip(codes, (left, right), strict=True)
    }
    speech = replace(speech, homes=homes)
    rows = {code: {t.id: t for t in reversed(side)} for code, side in zip(codes, (left, right), strict=True)}
    told = [replace(t, partner=code) for code, side in zip(codes, (left, right), strict=True) for t in side]
    said = spoken(told, speech)
    best: dict[tuple[str, str], ObjectLink] = {}
    for link in link_objects(said, codes, homes, matcher, trade):
        first, second = (rows[code][s.target] for code, s in zip(codes, (link.left, link.right), strict=True))
        if link.judgement.relation is not Relation.RELATED:
            whole = replace(link, left=_as_row(link.left, first), right=_as_row(link.right, second))
            best.setdefault((first.id, second.id), whole)
    return list(best.values())


def partners_of(left: Sequence[Target], right: Sequence[Target]) -> tuple[str, str]:
    """Return the codes of the partners whose rows two lists are; *left* and *right* where they do not tell two."""
    codes = [{target.partner for target in rows} for rows in (left, right)]
    first, second = (next(iter(found)) if len(found) == 1 else "" for found in codes)
    return (first, second) if first and second and first != second else SIDES


def _as_row(statement: PlanStatement, target: Target) -> PlanStatement:
    page = "" if target.page is None else str(target.page)
    return replace(statement, id=target.id, text=target.text, partners=(target.partner,), locator=page)


def _parts(target: Target) -> list[str]:
    """Return what a row speaks of: its indicator, or the clauses of a sentence without a number."""
    return [target.indicator] if target.value is not None else _CLAUSE.findall(target.text)


def _near(part: str, text: str) -> str:
    """Return a passage, of a long one a clause with those beside it, no more than `_SHORT` letters apart."""
    start = text.find(part)
    if len(text) <= _SHORT or start < 0:
        return text
    before, behind = start - _SHORT // 3, start + _SHORT
    clauses = [m.span() for m in _CLAUSE.finditer(text)]
    kept = [(first, end) for first, end in clauses if first <= start < end or (before <= first and end <= behind)]
    return text[kept[0][0] : kept[-1][1]].strip(_EDGES) if kept else text


def _statement(target: Target, part: str, key: str, speech: Speech) -> PlanStatement:
    """Return what a row says of an object; its role by the words of its clause, or of the row where it tells a number.

    A role that the words of the row do not give was set by hand: it stays.
    """
    own, kind = speech.read(part, target.lang), speech.rules.known[key].kind
    whole = speech.role(target.text, target)
    role = whole if target.value is not None else speech.role(part, target)
    if target.role not in ("", whole):
        role = Role(target.role)
    elif role is Role.BUILDS and "attract" in own.cues and kind in _SOUGHT:
        role = _SOUGHT[kind]
    elif kind in _SHARED and role is not Role.REGULATES:
        role = Role.COOPERATES if role is Role.COOPERATES else Role.BUILDS
    return PlanStatement(
        id=f"{target.id}/{key}",
        partners=(target.partner,),
        kind=StatementKind.MEASURE if target.value is None else StatementKind.TARGET,
        theme=target.theme,
        object=part.strip(_EDGES),
        role=role,
        text=_near(part, target.text),
        lang=target.lang,
        document=OfficialDocument(
            target.file, (target.partner,), DocumentKind.PLAN, target.file, address=target.address
        ),
        named_partner=speech.named(target),
        value=target.value,
        operator=target.operator,
        unit=target.unit,
        year_to=target.year,
        base_year=target.base_year,
        source=target.source,
        locator="" if target.page is None else f"p. {target.page}",
        status=target.status,
        target=target.id,
    )


def role_of(reading: GlossaryReading, *, names_others: bool) -> Role:
    """Return what a plan does with the object of a passage, by the words found in it (`Role`).

    Who names another economy and neither sells nor buys acts together with it. What is left is done at home.
    """
    cues, measures = reading.cues, reading.measures
    bought = "import" in cues or "import" in measures
    sold = "export" in cues or "export" in measures or ("deliver" in cues and names_others)
    if "substitute" in cues or (bought and not sold and ("down" in cues or "share" in measures)):
        return Role.REPLACES
    if names_others and ("cooperate" in cues or not (sold or bought)):
        return Role.COOPERATES
    if "rule" in cues:
        return Role.REGULATES
    if sold or bought:
        return Role.SUPPLIES if sold else Role.NEEDS
    return Role.COOPERATES if "cooperate" in cues else Role.BUILDS


@lru_cache(maxsize=4096)
def named_in(text: str, lang: str, names: frozenset[str]) -> tuple[str, ...]:
    """Return the names of economies, groups and regions that a text holds, inflected ones too."""
    if lang in SPACELESS:
        return tuple(sorted(name for name in names if name in text))
    words, starting = _WORD.findall(text), _by_start(names)
    found = {
        name
        for at, word in enumerate(words)
        for name, parts in starting.get(word[:_ENDING], ())
        if len(parts) <= len(words) - at and all(_inflects(words[at + i], *part) for i, part in enumerate(parts))
    }
    return tuple(sorted(found))


@lru_cache(maxsize=8)
def _by_start(names: frozenset[str]) -> Mapping[str, list[tuple[str, list[tuple[str, str]]]]]:
    """Return names by their first letters, with their words and the stems of these."""
    found = defaultdict[str, list[tuple[str, list[tuple[str, str]]]]](list)
    for name in names:
        if parts := [(word, _INFLECTED.sub("", word)) for word in _WORD.findall(name)]:
            found[name[:_ENDING]].append((name, parts))
    return found


def _inflects(word: str, name: str, stem: str) -> bool:
    inflected = not name.isascii() and len(stem) >= _STEM and len(word) <= len(stem) + _ENDING
    return word == name or (inflected and word.startswith(stem))
