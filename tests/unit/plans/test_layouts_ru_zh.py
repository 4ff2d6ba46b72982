"""How Russian and Chinese plans say a target, put together from choices that do not depend on each other.

Each choice (frame, value, bound, year, start value, place in the document) changes the text, and what an analyst takes from it,
in one place. Whatever is drawn has to be read; a combination that fails names a general fault. Draws are always the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

import pytest

from isthmus.plans.plan import Target
from isthmus.readers.documents.plans import extract_targets

DRAWN = 60
_FLIPPED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
COUNT = "level|cumulative|change_abs"


@dataclass(frozen=True)
class Row:
    """What a text says: several kinds where more than one can be defended, no direction where none is asked for."""

    kind: str
    operator: str
    value: float
    year: int | None = None
    base: tuple[int | None, float | None] = (None, None)
    direction: str = ""

    def fits(self, target: Target) -> bool:
        """Say whether a target that was read is this one."""
        near = target.value is not None and abs(target.value - self.value) <= 1e-6 * abs(self.value)
        said = target.operator, target.year, (target.base_year, target.base_value)
        way = self.direction in ("", target.direction)
        return near and way and said == (self.operator, self.year, self.base) and target.kind in self.kind.split("|")


Saying = tuple[str, list[Row]]
Draw = Callable[[Random], Saying]


def _down(row: Row) -> Row:
    value = 1.0 / row.value if row.kind == "multiple" else -row.value
    return replace(row, value=value, operator=_FLIPPED.get(row.operator, row.operator), direction="down")


RU_DUES: Sequence[tuple[str, int | None]] = (
    *(("к 2030 году {}", 2030), ("{} к 2030 году", 2030), ("{} в 2030 году", 2030)),
    *(("{} к концу 2030 года", 2030), ("{}", None)),
)
RU_BOUNDS = (("", "="), ("не менее ", ">="), ("не ниже ", ">="), ("не более ", "<="), ("более ", ">"), ("около ", "~"))
RU_NAMES = {
    "доля": ("доля", "доли", "долю", "семей, охваченных услугами"),
    "срок": ("продолжительность", "продолжительности", "продолжительность", "жизни населения"),
    "число": ("численность", "численности", "численность", "занятых в малом бизнесе"),
}
RU_VALUES = (
    *(("доля", "45 %", 45.0, "30 %", 30.0), ("доля", "45,5 процента", 45.5, "30,2 процента", 30.2)),
    *(("срок", "72,5 года", 72.5, "70,1 года", 70.1), ("число", "2024 человека", 2024.0, "1 500 человек", 1500.0)),
    *(
        ("число", "1 млн 200 тыс. человек", 1.2e6, "900 тыс. человек", 9e5),
        ("число", "1950 единиц", 1950.0, "1 200 единиц", 1200.0),
    ),
)
RU_LEVELS = (
    *(
        ("довести {2} {3} {s}до {v}", ""),
        ("увеличение {1} {3} {s}до {v}", "up"),
        ("снижение {1} {3} {s}до {v}", "down"),
    ),
    *(("повысить {2} {3} {s}до {v}", "up"), ("{0} {3} составит {v}", ""), ("планируемая {0} {3} – {v}", "")),
    *(("обеспечить {2} {3} на уровне {v}", ""), ("{0} {3} достигнет {v}", ""), ("достижение {1} {3} {v}", "")),
)
RU_STARTS = (
    "",
    "с {b} в 2022 году ",
    " (против {b} в 2022 году)",
    " (в 2022 году – {b})",
    " по сравнению с {b} в 2022 году",
)
RU_CHANGES = (
    *(
        ("на 15 %", [("change_pct", "=", 15.0)]),
        ("на 15–20 %", [("change_pct", ">=", 15.0), ("change_pct", "<=", 20.0)]),
    ),
    *(("не менее чем на 10 %", [("change_pct", ">=", 10.0)]), ("в 1,5 раза", [("multiple", "=", 1.5)])),
    *(("в 2–3 раза", [("multiple", ">=", 2.0), ("multiple", "<=", 3.0)]), ("вдвое", [("multiple", "=", 2.0)])),
    *(
        ("в 3–5 раз", [("multiple", ">=", 3.0), ("multiple", "<=", 5.0)]),
        ("на 300 единиц", [("change_abs", "=", 300.0)]),
    ),
    *(("на 2,5 процентных пункта", [("change_pp", "=", 2.5)]), ("более чем в 2 раза", [("multiple", ">", 2.0)])),
)
RU_MOVES = (
    ("рост {}", "объема", "up"),
    ("увеличить {}", "объем", "up"),
    ("сократить {}", "объем", "down"),
    ("снижение {}", "объема", "down"),
)
RU_BUILDS = (
    *("построить {}", "строительство {}", "будет построено {}", "планируется построить {}", "ввод в эксплуатацию {}"),
    *("создание {}", "открыть {}", "капитальный ремонт {}", "приобрести {}", "благоустройство {}"),
)
RU_COUNTS = (("12 школ", 12.0), ("3,5 тыс. мест", 3500.0), ("120 км дорог", 120.0), ("2000 мест", 2000.0))
RU_PATHS = (
    *("2026 год – {}; 2027 год – {}", "в 2026 году – {}, в 2027 году – {}", "{} в 2026 году, {} в 2027 году"),
    *(
        "2026 г. – {}, 2027 г. – {}",
        "в том числе по годам: 2026 год – {}, 2027 год – {}",
        "{} (2026 год), {} (2027 год)",
    ),
    *("{} – в 2026 году, {} – в 2027 году", "к 2026 году – {}, к 2027 году – {}"),
)


def _ru_placed(draw: Random, text: str, rows: list[Row]) -> Saying:
    """Put what is said into a sentence, a list of results, a list with a year or the passport of a programme."""
    place = draw.randrange(5)
    if place == 2:
        return f"К 2030 году планируется:\n- {text};", [replace(row, year=row.year or 2030) for row in rows]
    return (
        f"{text[0].upper()}{text[1:]}.",
        f"Ожидаемые результаты реализации программы:\n- {text};\n- развитие кружков.",
        "",
        f"| Ожидаемые результаты реализации программы | {text}; развитие кружков |",
        f"Реализация мероприятий позволит: {text}.",
    )[place], rows


def _ru_level(draw: Random) -> Saying:
    name, shown, value, start, began = draw.choice(RU_VALUES)
    frame, way = draw.choice(RU_LEVELS)
    (bound, operator), (due, year), from_ = draw.choice(RU_BOUNDS), draw.choice(RU_DUES), draw.choice(RU_STARTS)
    inner = from_ if "{s}" in frame and from_.startswith("с ") else ""
    behind = "" if from_.startswith("с ") else from_
    said = due.format(frame.format(*RU_NAMES[name], s=inner.format(b=start), v=bound + shown)) + behind.format(b=start)
    base = (2022, began) if inner or behind else (None, None)
    return _ru_placed(draw, said, [Row("level", operator, value, year, base, "up" if inner or behind else way)])


def _ru_change(draw: Random) -> Saying:
    (size, found), (verb, noun, way) = draw.choice(RU_CHANGES), draw.choice(RU_MOVES)
    due, year = draw.choice(RU_DUES)
    compared = draw.choice(("", " по сравнению с 2022 годом", " к уровню 2022 года", " относительно 2022 года"))
    rows = [Row(*one, year, (2022 if compared else None, None), "up") for one in found]
    said = due.format(verb.format(f"{noun} просроченных платежей {size}{compared}"))
    return _ru_placed(draw, said, [_down(row) for row in rows] if way == "down" else rows)


def _ru_count(draw: Random) -> Saying:
    (shown, value), (bound, operator), (due, year) = (
        draw.choice(RU_COUNTS),
        draw.choice(RU_BOUNDS),
        draw.choice(RU_DUES),
    )
    return _ru_placed(
        draw, due.format(draw.choice(RU_BUILDS).format(bound + shown)), [Row(COUNT, operator, value, year)]
    )


def _ru_path(draw: Random) -> Saying:
    name, unit = draw.choice((("доля семей, охваченных услугами", " %"), ("количество кружков", " единиц")))
    said = name + draw.choice((": ", " – ")) + draw.choice(RU_PATHS).format(f"12{unit}", f"14{unit}")
    return _ru_placed(draw, said, [Row(COUNT, "=", 12.0, 2026), Row(COUNT, "=", 14.0, 2027)])


def _ru_table(draw: Random) -> Saying:
    """Return the indicators of a programme: columns for unit, start and two years, in several ways of writing."""
    unit = draw.choice((" Ед. изм. |", " Единица измерения |", ""))
    year = draw.choice(("{}", "{} год", "{} г.", "{} (план)"))
    start = draw.choice(("2022 год (факт)", "Базовое значение (2022 год)", "2022 (факт)"))
    number = draw.choice(("", "№ п/п | "))
    head = f"| {number}Наименование показателя |{unit} {start} | {year.format(2026)} | {year.format(2030)} |"
    measured = " % |" if unit else ""
    name = "Доля семей, охваченных услугами" + ("" if unit else ", %")
    rule = "|" + " --- |" * (head.count("|") - 1)
    line = f"| {'1 | ' if number else ''}{name} |{measured} 30,5 | 40 | 45,5 |"
    rows = [Row("level", "=", v, y, (2022, 30.5)) for v, y in ((40.0, 2026), (45.5, 2030))]
    return f"Целевые показатели программы на 2026–2030 годы\n\n{head}\n{rule}\n{line}\n", rows


ZH_DUES: Sequence[tuple[str, int | None]] = (
    *(("到2030年，", 2030), ("到2030年底，", 2030), ("2030年，", 2030), ("2030年", 2030), ("力争到2030年，", 2030)),
    *(("“十五五”末，", 2030), ("２０３０年，", 2030), ("", None)),
)
ZH_BOUNDS = (
    *(
        ("", "", "="),
        ("", "以上", ">="),
        ("", "左右", "~"),
        ("不低于", "", ">="),
        ("不超过", "", "<="),
        ("超过", "", ">"),
    ),
    ("", "以内", "<="),
)
ZH_VALUES = (
    *(("森林覆盖率", "35.5%", 35.5, "30%", 30.0), ("用水总量", "85亿立方米", 8.5e9, "80亿立方米", 8e9)),
    *(("城镇化率", "百分之四十", 40.0, "百分之三十", 30.0), ("企业数量", "2000家", 2000.0, "1500家", 1500.0)),
    *(("研发经费投入强度", "３５％", 35.0, "３０％", 30.0), ("粮食产量", "1950万吨", 1.95e7, "1800万吨", 1.8e7)),
)
ZH_LEVELS = (
    *("{n}达到{v}", "{n}提高到{v}", "将{n}提高到{v}", "{n}{v}", "{n}由{b}提高到{v}", "{n}从{b}增加到{v}", "实现{n}{v}"),
    *("{n}稳定在{v}", "力争{n}达到{v}", "{n}从2020年的{b}提高到{v}", "{n}由2020年{b}提高到{v}"),
)
ZH_CHANGES = (
    *(
        ("{}年均增长{}", "growth", 8.0, "8%"),
        ("{}增长{}", "growth|change_pct", 8.0, "8%"),
        ("{}下降{}", "change_pct", -18.0, "18%"),
    ),
    *(("{}比2020年增长{}", "change_pct", 8.0, "8%"), ("{}比2020年下降{}", "change_pct", -18.0, "18%")),
    *(("{}提高{}", "change_pp", 2.5, "2.5个百分点"), ("{}比2020年提高{}", "change_pp", 2.5, "2.5个百分点")),
    *(("{}累计下降{}", "change_pct", -13.5, "13.5%"), ("{}年均下降{}", "growth", -3.0, "3%")),
)
ZH_BUILDS = ("建成{}", "新建{}", "新增{}", "累计建成{}", "建设{}", "打造{}", "改造{}", "培育{}", "完成{}", "计划建设{}")
ZH_COUNTS = (
    *(("{}12所{}学校", 12.0), ("{}5万个{}充电桩", 5e4), ("保障性住房{}2000套{}", 2000.0), ("{}13座{}水库", 13.0)),
    *(("城镇就业{}100万人{}", 1e6), ("{}1950公里{}农村公路", 1950.0), ("污水管网{}１２００公里{}", 1200.0)),
)


def _zh_placed(draw: Random, text: str, rows: list[Row]) -> Saying:
    """Put what is said into a sentence, below a heading of aims, into a list with a year or a box."""
    place = draw.randrange(4)
    if place == 2:
        return f"到2030年，实现以下目标：\n——{text}。", [replace(row, year=row.year or 2030) for row in rows]
    heads = ("{}。", "发展目标\n{}；生态环境持续改善。", "", "专栏1 重点工程\n1. 民生工程。{}。")
    return heads[place].format(text), rows


def _zh_level(draw: Random) -> Saying:
    name, shown, value, start, began = draw.choice(ZH_VALUES)
    frame, (due, year), (front, behind, operator) = draw.choice(ZH_LEVELS), draw.choice(ZH_DUES), draw.choice(ZH_BOUNDS)
    base = (2020 if "2020" in frame else None, began if "{b}" in frame else None)
    way = "up" if "{b}" in frame or "提高" in frame else ""
    said = due + frame.format(n=name, v=front + shown + behind, b=start)
    return _zh_placed(draw, said, [Row("level", operator, value, year, base, way)])


def _zh_change(draw: Random) -> Saying:
    frame, kind, value, shown = draw.choice(ZH_CHANGES)
    (due, year), (front, behind, operator) = draw.choice(ZH_DUES), draw.choice(ZH_BOUNDS)
    operator = _FLIPPED.get(operator, operator) if value < 0 else operator
    row = Row(kind, operator, value, year, (2020 if "2020" in frame else None, None), "down" if value < 0 else "up")
    return _zh_placed(draw, due + frame.format("单位产品能耗", front + shown + behind), [row])


def _zh_count(draw: Random) -> Saying:
    (shown, value), (due, year), (front, behind, operator) = (
        draw.choice(ZH_COUNTS),
        draw.choice(ZH_DUES),
        draw.choice(ZH_BOUNDS),
    )
    return _zh_placed(
        draw, due + draw.choice(ZH_BUILDS).format(shown.format(front, behind)), [Row(COUNT, operator, value, year)]
    )


def _zh_list(draw: Random) -> Saying:
    """Return lists whose members share a verb: totals, shares said of each, a range."""
    due, year = draw.choice(ZH_DUES)
    said, kind, values, way = draw.choice(
        (
            ("新增城镇就业100万人、保障性住房2000套、养老床位5000张", "cumulative", (1e6, 2000.0, 5000.0), "up"),
            ("建成学校12所、医院3家、养老院20个", COUNT, (12.0, 3.0, 20.0), ""),
            ("入学率、巩固率分别达到95%和85%", "level", (95.0, 85.0), ""),
            ("入学率和巩固率分别提高到95%、85%", "level", (95.0, 85.0), "up"),
            ("能耗、排放分别下降13.5%和18%", "change_pct", (-13.5, -18.0), "down"),
        )
    )
    return _zh_placed(draw, due + said, [Row(kind, "=", value, year, direction=way) for value in values])


def _zh_table(draw: Random) -> Saying:
    """Return the main indicators of a five-year plan, with or without a column of growth or totals."""
    year, nature = draw.choice(("{}年", "{}", "{}年目标")), draw.choice((" 属性 |", " 指标属性 |", ""))
    change = draw.choice((" 年均/累计 |", " 〔累计〕 |", ""))
    unit = draw.choice((" 单位 |", ""))
    head = f"| {draw.choice(('', '序号 | '))}指标 |{unit} 2025年 | {year.format(2030)} |{change}{nature}"
    line = (
        f"| {'1 | ' if '序号' in head else ''}森林覆盖率{'' if unit else '（%）'} |{' % |' if unit else ''} 30.5 | 35 |"
    )
    line += (" – |" if change else "") + (" 约束性 |" if nature else "")
    rule = "|" + " --- |" * (head.count("|") - 1)
    return f"专栏1 “十五五”时期主要指标\n\n{head}\n{rule}\n{line}\n", [Row("level", "=", 35.0, 2030, (2025, 30.5))]


@pytest.mark.parametrize(
    ("lang", "family"),
    [
        *(("ru", f) for f in (_ru_level, _ru_change, _ru_count, _ru_path, _ru_table)),
        *(("zh", f) for f in (_zh_level, _zh_change, _zh_count, _zh_list, _zh_table)),
    ],
)
def test_targets_are_read_however_they_are_put_together(lang: str, family: Draw) -> None:
    draw = Random(11)
    failed = []
    for text, rows in (family(draw) for _ in range(DRAWN)):
        read = [target for target in extract_targets(text, lang) if target.value is not None]
        if len(read) != len(rows) or not all(row.fits(target) for row, target in zip(rows, read, strict=True)):
            failed.append(
                (text, rows, [(t.kind, t.operator, t.value, t.year, t.base_year, t.base_value) for t in read])
            )
    assert not failed, "\n".join(map(str, failed[:12]))
