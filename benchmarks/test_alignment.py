"""Alignment of 2,000 with 2,000 statements with the NumPy model: at most 15 s on two cores and 1 GB in all."""

import resource
from itertools import product

from pytest_benchmark.fixture import BenchmarkFixture

from isthmus.alignment.match import align
from isthmus.plans.plan import Kind, Target
from isthmus.readers.alignment.matcher import load_matcher

COUNT = 2_000
LONGEST, MOST_MB = 15.0, 1024
"""Seconds, and memory of the whole process."""

ACTS = {
    "zh": ("提高{}产量{}%", "减少{}消费{}%", "扩大{}出口{}%", "{}自给率达到{}%", "改造{}个{}项目"),
    "ru": (
        "Увеличить выпуск {} на {} %",
        "Снизить потребление {} на {} %",
        "Нарастить экспорт {} на {} %",
        "Довести {} до {} %",
    ),
}
THINGS = {
    "zh": (
        "煤炭",
        "钢材",
        "芯片",
        "粮食",
        "天然气",
        "新能源汽车",
        "机床",
        "药品",
        "化肥",
        "稀土",
        "大豆",
        "风电",
        "船舶",
    ),
    "ru": (
        "угля",
        "стали",
        "микросхем",
        "зерна",
        "газа",
        "электромобилей",
        "станков",
        "лекарств",
        "удобрений",
        "древесины",
    ),
}


def plan(lang: str) -> list[Target]:
    """Return different statements of a language with their numbers."""
    made = []
    for value, act, thing in product(range(1, 400), ACTS[lang], THINGS[lang]):
        text = act.format(thing, value)
        made.append(
            Target(
                id=f"{lang}{len(made)}", partner="", text=text, lang=lang, indicator="", kind=Kind.CHANGE_PCT, operator="=",
                value=float(value), unit="%", year=2030,
            )
        )  # fmt: skip
        if len(made) == COUNT:
            break
    return made


def test_align_two_thousand_with_two_thousand(benchmark: BenchmarkFixture) -> None:
    matcher, left, right = load_matcher("base"), plan("zh"), plan("ru")
    found = benchmark.pedantic(lambda: align(left, right, matcher), rounds=1, iterations=1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    benchmark.extra_info.update(peak_mb=round(memory), links=len(found.links))
    assert benchmark.stats.stats.median <= LONGEST
    assert memory <= MOST_MB
