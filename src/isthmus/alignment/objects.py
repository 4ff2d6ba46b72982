"""Statements about one object: which ones two people preparing talks would put under one item, many to many.

Where the first tier (`match`) asks whether two statements set one aim, this one asks whether they speak of one good, resource,
technology, corridor or procedure. It needs the object of each statement in words and is made for texts of one language; the
signs are the meaning of object and text, glossary objects in common, and one theme.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from isthmus.alignment.glossary import Glossary, GlossaryReading, read_statement
from isthmus.alignment.similarity import Embedder, Passage, Vectors, meaning
from isthmus.plans.statement import PlanStatement, Role

SIGNS = ("object_meaning", "text_meaning", "named", "known", "theme")
"""Signs of one object: cosine of object and of text without their mean, rarest glossary object in common (0 to 1), known
object (`ObjectFacts`) in common, one theme (or a link between both in common, or what one sells and the other seeks)."""
_IN_TEXT, _WIDE = 0.4, 0.4
"""What an object in common counts where one side names it in its text only, and where it is a whole field."""


@dataclass(frozen=True)
class ObjectFacts:
    """What is known of a glossary object: the sectors it is traded in, what it is, and how much sharing it says.

    Attributes
    ----------
    sectors
        Sectors of the world whose trade holds it; empty where trade says nothing.
    kind
        good, service, visit (a service for guests from abroad), link (a corridor or crossing that two sides can only have
        together), procedure (a rule at the border, of which each side has its own half), rule or aim.
    wide
        Whether it is a whole field, so that two statements may share it and have little in common.
    head
        Whether it says what is meant whatever stands beside it: equipment for oil and gas is no oil.
    crossing
        Whether it is the crossing of a border itself, so that trade in all goods goes by it.
    through
        Codes of the economies that a named route runs through; empty for what is no route of certain ones.
    names
        What it is called, by language.
    """

    sectors: tuple[str, ...] = ()
    kind: str = "aim"
    wide: bool = False
    head: bool = False
    crossing: bool = False
    through: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class ObjectRules:
    """What the second tier goes by.

    Attributes
    ----------
    known
        What is known of glossary objects.
    weights
        Weight of each of `SIGNS` and of a constant (`intercept`) in a logistic curve fitted on labelled pairs
        (tools/calibrate_objects.py), and the scores from which two statements are linked: `accept`, `accept_needs` where
        one side supplies what the other needs, and `accept_named` where both name each other or were signed by both.
    territories
        Names of all countries and parts of continents, each with those of its continent: a statement that names others only
        does not speak to the partner.
    groups
        Names of countries, each with those of the groups of states that it is a member of.
    """

    known: Mapping[str, ObjectFacts] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    territories: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ObjectReading:
    """A plan statement with the glossary objects of its object, all that was found in object and text, and whom it names.

    A head object (`ObjectFacts`) in its object is all it is about; `names_other` says that it names the other partner,
    `inside` that it names countries, groups or regions, but neither the other partner nor where that lies or belongs,
    `elsewhere` that none of them is a group of its own either, and `around` that it is about a route that does not run
    through the other partner.
    """

    statement: PlanStatement
    own: frozenset[str]
    whole: GlossaryReading
    names_other: bool = False
    inside: bool = False
    elsewhere: bool = False
    around: bool = False


def read_objects(
    statements: Sequence[PlanStatement],
    glossary: Glossary,
    known: Mapping[str, ObjectFacts],
    other: frozenset[str] = frozenset(),
    around: frozenset[str] = frozenset(),
    own: frozenset[str] = frozenset(),
) -> list[ObjectReading]:
    """Return the statements with their glossary objects.

    `other` are names of the other partner, `around` of where it lies and of its groups, `own` of the groups of the side itself.
    """
    found = []
    for s in statements:
        named = read_statement(s.object, s.lang, glossary).objects
        heads = frozenset(key for key in named if key in known and known[key].head)
        whole = read_statement(f"{s.object}. {s.text}", s.lang, glossary)
        names = set(s.named_partner)
        inside = bool(names) and names.isdisjoint(other | around)
        routes = [known[key].through for key in named if key in known and known[key].through]
        past = bool(other) and any(other.isdisjoint(through) for through in routes)
        elsewhere = inside and names.isdisjoint(own)
        found.append(ObjectReading(s, heads or named, whole, not other.isdisjoint(names), inside, elsewhere, past))
    return found


def object_signs(
    left: Sequence[ObjectReading],
    right: Sequence[ObjectReading],
    models: Sequence[Embedder],
    glossary: Glossary,
    known: Mapping[str, ObjectFacts],
) -> Vectors:
    """Return the signs of one object for every pair, shape (left, right, 5), in the order of `SIGNS`."""
    both = [*left, *right]
    signs = np.zeros((len(left), len(right), len(SIGNS)), dtype=np.float32)
    for layer, texts in enumerate(([r.statement.object for r in both], [r.statement.text for r in both])):
        passages = [Passage(text, r.statement.lang) for text, r in zip(texts, both, strict=True)]
        vectors = meaning(passages, models)
        signs[..., layer] = vectors[: len(left)] @ vectors[len(left) :].T
    often, scale = Counter(key for reading in both for key in reading.whole.objects), np.log(1.0 + len(both))
    rarity = {key: 1.0 - np.log(1.0 + n) / scale for key, n in often.items()}
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            shared = common_objects(a, b, glossary)
            sure = [part * (_WIDE if known[key].wide else 1.0) for key, part in shared.items() if key in known]
            rare = [part * rarity.get(key, 1.0) for key, part in shared.items()]
            # What crosses a border is trade to one plan, and transport, digital or farming to the other.
            crosses = any(
                part == 1.0 and key in known and known[key].kind in ("link", "procedure")
                for key, part in shared.items()
            )
            bought = bool(sure) and {a.statement.role, b.statement.role} == {Role.SUPPLIES, Role.NEEDS}
            one = crosses or bought or a.statement.theme == b.statement.theme
            signs[i, j, 2:] = max(rare, default=0.0), max(sure, default=0.0), one
    return signs


def object_score(signs: Vectors, weights: Mapping[str, float]) -> Vectors:
    """Return the probability that two statements are about one object, shape (left, right)."""
    weight = np.array([weights[sign] for sign in SIGNS], dtype=np.float32)
    # Five products need no BLAS, whose kernels are known to set the flag of invalid numbers on sound ones.
    total = np.einsum("lrs,s->lr", signs, weight) + np.float32(weights["intercept"])
    score: Vectors = 1.0 / (1.0 + np.exp(-total))
    return score


def common_objects(left: ObjectReading, right: ObjectReading, glossary: Glossary) -> dict[str, float]:
    """Return the objects in common, the wider of each pair: 1 where both objects name it, less where one does in its text."""
    found: dict[str, float] = {}
    for first, second, part in (
        (left.own, right.whole.objects, _IN_TEXT),
        (left.whole.objects, right.own, _IN_TEXT),
        (left.own, right.own, 1.0),
    ):
        for a, b in product(first, second):
            found |= dict.fromkeys({b} & glossary.wider(a) or {a} & glossary.wider(b), part)
    return found
