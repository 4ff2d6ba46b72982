"""Alignment of 2,000 with 2,000 statements with the NumPy model: seconds and memory.

Run ``python benchmarks/bench_alignment.py``; the limit is 15 s on two cores and 1 GB. The 1-minute load before the run is
printed too, because other work on the machine makes the figure worse.
"""

import os
import resource
import sys
import time
from itertools import product

from isthmus.alignment.match import align
from isthmus.plans.plan import Kind, Target
from isthmus.readers.matcher import load_matcher

COUNT = 2_000
ACTS = {
    "zh": ("提高{}产量{}%", "减少{}消费{}%", "扩大{}出口{}%", "{}自给率达到{}%", "改造{}个{}项目"),
    "ru": ("Увеличить выпуск {} на {} %", "Снизить потребление {} на {} %", "Нарастить экспорт {} на {} %", "Довести {} до {} %"),
}
THINGS = {
    "zh": ("煤炭", "钢材", "芯片", "粮食", "天然气", "新能源汽车", "机床", "药品", "化肥", "稀土", "大豆", "风电", "船舶"),
    "ru": ("угля", "стали", "микросхем", "зерна", "газа", "электромобилей", "станков", "лекарств", "удобрений", "древесины"),
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


def main() -> int:
    """Measure once; exit 1 above the limits."""
    load = os.getloadavg()[0]
    matcher = load_matcher("base")
    left, right = plan("zh"), plan("ru")
    start, worked = time.perf_counter(), time.process_time()
    found = align(left, right, matcher)
    seconds = time.perf_counter() - start
    worked = time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{COUNT} x {COUNT}: {seconds:.1f} s ({worked:.1f} s of processor time), {memory:.0f} MB, load before {load:.1f}")
    print(f"{len(found.links)} links listed")
    return int(seconds > 15 or memory > 1024)


if __name__ == "__main__":
    sys.exit(main())
