# ruff: noqa: E501 (tables of words stay on one line)
"""Tables of indicators put together from independent choices, with the targets that each must give.

The names of the choices are the same in all languages; `WORDS` says how each language writes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import combinations
from pathlib import Path

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.document import _ruled
from isthmus.readers.documents.docx import read_docx
from isthmus.readers.documents.html import read_html

LEFT, UP = "\ue000", "\ue001"
"""A cell merged with the one in front of it, or with the one above it."""
Cells = list[str]
Expected = tuple[float, str, int | None, float | None, int | None]
"""Value, operator, year due, start value and its year."""


@dataclass(frozen=True)
class Indicator:
    """An indicator with its unit, group, start value and the values of the first year and of the end."""

    name: str
    unit: str
    group: str
    base: str
    first: str
    end: str


INDICATORS = {
    "en": [
        Indicator("Share of homes with piped water", "%", "Water", "62", "70", "80"),
        Indicator("Number of rural clinics", "clinics", "Water", "140", "160", "200"),
        Indicator("Length of paved roads", "km", "Roads and mines", "1,200", "1,350", "1,500"),
        Indicator("Output of copper", "tonnes", "Roads and mines", "38.5", "40.5", "45.5"),
    ],
    "ru": [
        Indicator("Доля домов с водопроводом", "%", "Вода", "62", "70", "80"),
        Indicator("Число сельских больниц", "ед.", "Вода", "140", "160", "200"),
        Indicator("Протяжённость дорог с твёрдым покрытием", "км", "Дороги и рудники", "1 200", "1 350", "1 500"),
        Indicator("Добыча меди", "тонн", "Дороги и рудники", "38,5", "40,5", "45,5"),
    ],
    "zh": [
        Indicator("自来水普及率", "%", "水利", "62", "70", "80"),
        Indicator("乡镇卫生院数", "所", "水利", "140", "160", "200"),
        Indicator("公路里程", "公里", "道路和矿山", "1200", "1350", "1500"),
        Indicator("铜产量", "吨", "道路和矿山", "38.5", "40.5", "45.5"),
    ],
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "plan": "Development plan of the northern region 2026–2030", "dated": "Strategy of the northern region\n\n15 January 2025",
        "undated": "Strategy of the northern region", "caption": "Table 3: Indicators and targets", "sentence": "The table below shows the indicators of the plan.",
        "heading": "Indicators to 2030", "no": "No.", "group": "Sector", "outcome": "Outcome", "indicator": "Indicator", "kpi": "Key performance indicator",
        "measure": "Performance measure", "goal": "Strategic objective", "goal cell": "Better lives in all villages", "unit": "Unit", "unit of": "Unit of measure",
        "base": "Baseline", "base year": "Base year", "current": "Current value", "actual": "Actual {}", "target": "Target", "targets": "Targets", "target of": "Target {}",
        "of target": "{} target", "by": "Target by {}", "end": "End-term target ({})", "mid": "Mid-term target ({})", "planned": "Planned {}", "year": "{}",
        "fiscal": "{}/{}", "fy": "FY{}/{}", "fy end": "FY{2}", "deadline": "Deadline", "by cell": "{} by {}", "responsible": "Responsible", "ministry": "Ministry of Works",
        "source": "Means of verification", "survey": "Survey of 400 homes, 2024", "budget": "Budget (million)", "comments": "Comments", "comment": "Delayed by 3 months in 2024",
        "at least": "at least {}", "more": "more than {}", "range": "{0}–{1}", "to": "from {0} to {1}", "increase": "Increase to {}",
    },
    "ru": {
        "plan": "Программа развития северного района на 2026–2030 годы", "dated": "Стратегия северного района\n\n15 января 2025 г.",
        "undated": "Стратегия северного района", "caption": "Таблица 3. Показатели и их значения", "sentence": "Показатели программы приведены в таблице.",
        "heading": "Показатели до 2030 года", "no": "№ п/п", "group": "Отрасль", "outcome": "Результат", "indicator": "Показатель", "kpi": "Наименование целевого показателя",
        "measure": "Индикатор", "goal": "Цель", "goal cell": "Улучшение жизни во всех сёлах", "unit": "Ед. изм.", "unit of": "Единица измерения",
        "base": "Базовое значение", "base year": "Год базового значения", "current": "Текущее значение", "actual": "{} год (факт)", "target": "Целевое значение", "targets": "Целевые значения",
        "target of": "Целевое значение, {} год", "of target": "{} год (план)", "by": "Целевое значение к {} году", "end": "Значение на конец периода ({} г.)", "mid": "Значение на середину периода ({} г.)",
        "planned": "План {}", "year": "{} год", "fiscal": "{} г.", "fy": "{}", "fy end": "{2} г.", "deadline": "Срок достижения", "by cell": "{} к {} году",
        "responsible": "Ответственный исполнитель", "ministry": "Министерство строительства", "source": "Источник данных", "survey": "Опрос 400 домов, 2024 год", "budget": "Объём финансирования, млн руб.",
        "comments": "Примечание", "comment": "Задержка на 3 месяца в 2024 году", "at least": "не менее {}", "more": "более {}", "range": "{0}–{1}", "to": "с {0} до {1}", "increase": "Увеличение до {}",
    },
    "zh": {
        "plan": "北部地区2026—2030年发展规划", "dated": "北部地区发展战略\n\n2025年1月15日", "undated": "北部地区发展战略", "caption": "表3 主要指标", "sentence": "规划的主要指标见下表。",
        "heading": "2030年主要指标", "no": "序号", "group": "类别", "outcome": "成果", "indicator": "指标", "kpi": "指标名称", "measure": "主要指标", "goal": "目标任务", "goal cell": "改善农村生活",
        "unit": "单位", "unit of": "计量单位", "base": "基期值", "base year": "基期年", "current": "现状值", "actual": "{}年实际", "target": "目标值", "targets": "目标值", "target of": "{}年目标",
        "of target": "{}年目标值", "by": "到{}年目标", "end": "规划期末目标({}年)", "mid": "规划中期目标({}年)", "planned": "{}年规划", "year": "{}年", "fiscal": "{}年", "fy": "{}", "fy end": "{2}年",
        "deadline": "完成时限", "by cell": "到{1}年达到{0}", "responsible": "责任单位", "ministry": "建设部", "source": "数据来源", "survey": "2024年400户调查", "budget": "资金(万元)", "comments": "备注",
        "comment": "2024年延误3个月", "at least": "不低于{}", "more": "超过{}", "range": "{0}—{1}", "to": "由{0}提高到{1}", "increase": "提高到{}",
    },
}  # fmt: skip

CHOICES: Mapping[str, Sequence[str]] = {
    "build": ["bars", "open", "markdown", "aligned", "tabs", "html", "docx"],
    "document": ["plan", "dated", "undated"],
    "above": ["nothing", "caption", "sentence", "heading", "caption row", "dated row"],
    "number": ["none", "1", "1.1", "1.", "letter"],
    "group": ["none", "row", "merged row", "column", "merged column", "repeated column", "goal"],
    "label": ["indicator", "kpi", "measure", "untitled"],
    "unit": ["column", "in brackets", "behind comma", "with value", "unit of"],
    "base": ["year", "none", "dated", "brackets", "two columns", "in cell", "undated", "current", "actual"],
    "target": [
        "target of", "of target", "year", "by", "untold", "path", "target path", "fiscal", "fy", "fy end", "end", "mid and end", "deadline", "in cell", "planned",
    ],
    "heads": ["one row", "two rows", "numbered"],
    "order": ["base first", "target first"],
    "behind": ["nothing", "responsible", "source", "budget", "comments", "empty"],
    "form": ["plain", "bound", "sign", "plus", "footnote", "star", "range", "both", "increase", "missing", "emphasis"],
}  # fmt: skip
"""What may be chosen; the first of each is the plain one."""
PLAIN = {name: options[0] for name, options in CHOICES.items()}
Choice = Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column: its upper title, its lower one in a head of two rows, and its cells."""

    top: str
    low: str
    cells: Cells


def choices_of(most: int = 2) -> Iterator[dict[str, str]]:
    """Yield the plain choice, and all that differ from it in at most so many ways (one or two)."""
    yield dict(PLAIN)
    for name, options in CHOICES.items():
        yield from ({**PLAIN, name: option} for option in options[1:])
    if most > 1:
        for first, second in combinations(CHOICES, 2):
            for one in CHOICES[first][1:]:
                yield from ({**PLAIN, first: one, second: two} for two in CHOICES[second][1:])


def number(text: str) -> float:
    """Return the number of a value as the tables here write it."""
    text = text.replace(" ", "")
    thousands = text.replace(",", "") if text.count(",") == 1 and len(text.partition(",")[2]) == 3 else text
    return float(thousands.replace(",", "."))


def years_of(choice: Choice) -> list[int]:
    """Return the years of the columns of targets."""
    return {"path": [2027, 2028, 2030], "target path": [2027, 2028, 2030], "mid and end": [2028, 2030]}.get(
        choice["target"], [2030]
    )


def value_of(indicator: Indicator, year: int) -> str:
    """Return the value that an indicator is to have in a year."""
    return indicator.end if year == 2030 else indicator.first


def cell_of(indicator: Indicator, year: int, choice: Choice, words: Mapping[str, str]) -> str:
    """Return the cell of a value to reach."""
    value = value_of(indicator, year)
    if choice["form"] == "missing" and indicator.base.startswith("1"):
        return {"140": "n/a"}.get(indicator.base, "-")
    if choice["unit"] == "with value":
        value = f"{value}{'' if indicator.unit == '%' or words['unit'] == '单位' else ' '}{indicator.unit}"
    forms = {
        "bound": words["at least"].format(value), "sign": f"≥ {value}", "plus": f"{value}+" if choice["unit"] != "with value" else f"≥{value}", "footnote": f"{value}¹", "star": f"{value}*",
        "range": words["range"].format(indicator.base, value), "both": words["to"].format(indicator.base, value), "increase": words["increase"].format(value),
        "emphasis": f"**{value}**" if choice["build"] not in ("html", "docx") else value,
    }  # fmt: skip
    shown = forms.get(choice["form"], value)
    return words["by cell"].format(shown, year) if choice["target"] == "in cell" else shown


def columns_of(choice: Choice, lang: str) -> list[Column]:
    """Return the columns of a table."""
    words, rows = WORDS[lang], INDICATORS[lang]
    two = choice["heads"] == "two rows"

    def column(title: str, cells: Cells, low: str = UP) -> Column:
        return Column(title, low if two else "", cells)

    marks = {"1": "{}", "1.1": "1.{}", "1.": "{}.", "letter": "{}"}.get(choice["number"])
    names = {"letter": "abcd"}.get(choice["number"], "1234")
    front = [column(words["no"], [marks.format(n) for n in names])] if marks else []
    groups = [row.group for row in rows]
    merged = [UP if i and groups[i] == groups[i - 1] else group for i, group in enumerate(groups)]
    front += {
        "column": [column(words["group"], ["" if cell == UP else cell for cell in merged])],
        "merged column": [column(words["group"], merged)],
        "repeated column": [column(words["group"], groups)],
        "goal": [column(words["goal"], [words["goal cell"], UP, UP, UP])],
    }.get(choice["group"], [])
    label = "" if choice["label"] == "untitled" else words[choice["label"]]
    named = {"in brackets": "{0.name} ({0.unit})", "behind comma": "{0.name}, {0.unit}"}.get(choice["unit"], "{0.name}")
    front.append(column(label, [named.format(row) for row in rows]))
    if choice["unit"] in ("column", "unit of"):
        front.append(column(words["unit" if choice["unit"] == "column" else "unit of"], [row.unit for row in rows]))
    base, target = base_columns(choice, lang), target_columns(choice, lang)
    behind = {
        "responsible": [column(words["responsible"], [words["ministry"]] * 4)],
        "source": [column(words["source"], [words["survey"]] * 4)],
        "budget": [column(words["budget"], ["120", "45", "300", "15"])],
        "comments": [column(words["comments"], ["", words["comment"], "", ""])],
        "empty": [column("", [""] * 4)],
    }.get(choice["behind"], [])
    return [*front, *(base + target if choice["order"] == "base first" else target + base), *behind]


def base_columns(choice: Choice, lang: str) -> list[Column]:
    """Return the columns of start values."""
    words, rows = WORDS[lang], INDICATORS[lang]
    two = choice["heads"] == "two rows"
    values = [row.base for row in rows]
    year = words["year"].format(2023)
    heads = {
        "year": (words["base"], year, f"{words['base']} {year}"), "dated": (year, UP, year), "brackets": (words["base"], f"({year})", f"{words['base']} ({year})"),
        "undated": (words["base"], UP, words["base"]), "current": (words["current"], year, f"{words['current']} ({year})"),
        "actual": (words["actual"].format(2023), UP, words["actual"].format(2023)),
    }  # fmt: skip
    if choice["base"] in heads:
        top, low, one = heads[choice["base"]]
        return [Column(top, low, values) if two else Column(one, "", values)]
    under = UP if two else ""
    if choice["base"] == "two columns":
        return [Column(words["base"], under, values), Column(words["base year"], under, ["2023"] * 4)]
    return [Column(words["base"], under, [f"{v} (2023)" for v in values])] if choice["base"] == "in cell" else []


def target_columns(choice: Choice, lang: str) -> list[Column]:
    """Return the columns of values to reach, and that of the years due."""
    words, rows = WORDS[lang], INDICATORS[lang]
    two = choice["heads"] == "two rows"
    made = []
    for i, year in enumerate(years_of(choice)):
        cells = [cell_of(row, year, choice, words) for row in rows]
        kind = {
            "untold": "target",
            "deadline": "target",
            "in cell": "target",
            "path": "year",
            "target path": "target of",
        }.get(choice["target"], choice["target"])
        if kind == "mid and end":
            kind = "end" if year == 2030 else "mid"
        title = words[kind].format(year - 1 if kind in ("fiscal", "fy") and lang == "en" else year, year % 100, year)
        if kind == "fy end":
            title = words[kind].replace("{2}", str(year))
        if two and kind in ("year", "fiscal", "fy", "fy end"):
            made.append(Column(LEFT if i else words["targets"], title, cells))
        elif two and kind == "target of":
            made.append(Column(LEFT if i else words["target"], words["year"].format(year), cells))
        else:
            made.append(Column(title, UP if two else "", cells))
    if choice["target"] == "deadline":
        made.append(Column(words["deadline"], UP if two else "", ["2030"] * 4))
    return made


def expected(choice: Choice, lang: str) -> list[Expected]:
    """Return the targets that a table must give, row by row."""
    made: list[Expected] = []
    for row in INDICATORS[lang]:
        base = number(row.base) if choice["base"] != "none" or choice["form"] == "both" else None
        base_year = None if choice["base"] in ("none", "undated") else 2023
        if choice["form"] == "missing" and row.base.startswith("1"):
            continue
        for year in years_of(choice):
            due = None if choice["target"] == "untold" and choice["document"] != "plan" else year
            if choice["target"] == "untold" and choice["above"] in ("heading", "dated row"):
                due = 2030
            value = number(value_of(row, year))
            operators = {"bound": ">=", "sign": ">=", "plus": ">=", "range": "<="}
            if choice["form"] == "range":
                made.append((number(row.base), ">=", due, base, base_year))
            made.append((value, operators.get(choice["form"], "="), due, base, base_year))
    return made


def grid_of(choice: Choice, lang: str) -> list[Cells]:
    """Return the rows of a table with marks for merged cells."""
    columns = columns_of(choice, lang)
    top = [c.top for c in columns]
    heads = [top, [c.low for c in columns]] if choice["heads"] == "two rows" else [top]
    if choice["heads"] == "numbered":
        heads.append([str(i + 1) for i in range(len(columns))])
    if choice["above"] in ("caption row", "dated row"):
        title = WORDS[lang]["caption" if choice["above"] == "caption row" else "heading"]
        heads.insert(0, [title, *[LEFT] * (len(columns) - 1)])
    body: list[Cells] = []
    at = 1 if choice["number"] != "none" and choice["group"] == "row" else 0
    for i, row in enumerate(INDICATORS[lang]):
        new = i == 0 or INDICATORS[lang][i - 1].group != row.group
        if new and choice["group"] in ("row", "merged row"):
            rest = LEFT if choice["group"] == "merged row" else ""
            body.append([*[""] * at, row.group, *[rest] * (len(columns) - 1 - at)])
        body.append([c.cells[i] for c in columns])
    return [*heads, *body]


def text_of(grid: Sequence[Cells], build: str, head: int) -> str:
    """Return a table as lines of text."""
    rows = [["" if cell in (LEFT, UP) else cell for cell in row] for row in grid]
    if build == "tabs":
        return "\n".join("\t".join(row) for row in rows)
    if build == "open":
        return "\n".join(" | ".join(row) for row in rows)
    rule = {"markdown": ["---"], "aligned": [":---:"]}.get(build)
    if rule:
        rows.insert(1, rule * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def html_of(grid: Sequence[Cells], head: int) -> str:
    """Return a table as HTML with merged cells."""
    lines = []
    for i, row in enumerate(grid):
        cells = []
        for j, cell in enumerate(row):
            if cell in (LEFT, UP):
                continue
            wide = next((n for n in range(1, len(row) - j) if row[j + n] != LEFT), len(row) - j)
            high = next((n for n in range(1, len(grid) - i) if grid[i + n][j] != UP), len(grid) - i)
            tag = "th" if i < head else "td"
            spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
            cells.append(f"<{tag}{spans}>{escape(cell)}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def document_of(choice: Choice, lang: str, folder: Path) -> Document:
    """Return the document that a choice makes, read from its format."""
    words, grid = WORDS[lang], grid_of(choice, lang)
    title, *stamp = words[choice["document"]].split("\n\n")
    above = {"caption": [words["caption"]], "sentence": [words["sentence"]]}.get(choice["above"], [])
    heading = [words["heading"]] if choice["above"] == "heading" else []
    head = len(grid) - len([row for row in grid if row[0] != ""]) or 1
    if choice["build"] == "docx":
        return _as_docx(title, stamp, heading, above, grid, folder)
    if choice["build"] == "html":
        lines = [f"<h1>{title}</h1>", *(f"<p>{line}</p>" for line in stamp), *(f"<h2>{line}</h2>" for line in heading)]
        body = "".join([*lines, *(f"<p>{line}</p>" for line in above), html_of(grid, head)])
        return read_html(Path("plan.html"), f"<html><body><main>{body}</main></body></html>", ())
    lines = [f"# {title}", *stamp, *(f"## {line}" for line in heading), *above]
    table = "\n".join(_ruled(text_of(grid, choice["build"], head).splitlines()))
    return Document("plan.md", None, tuple(blocks_of("\n\n".join([*lines, table, ""]))))


def _as_docx(title: str, stamp: Cells, heading: Cells, above: Cells, grid: Sequence[Cells], folder: Path) -> Document:
    import docx

    document = docx.Document()
    document.add_heading(title, 1)
    for line in stamp:
        document.add_paragraph(line)
    for line in heading:
        document.add_heading(line, 2)
    for line in above:
        document.add_paragraph(line)
    table = document.add_table(len(grid), len(grid[0]))
    for i, row in enumerate(grid):
        for j, cell in enumerate(row):
            if cell == LEFT:
                table.cell(i, j - 1).merge(table.cell(i, j))
            elif cell == UP:
                table.cell(i - 1, j).merge(table.cell(i, j))
            else:
                table.cell(i, j).text = cell
    path = folder / "plan.docx"
    document.save(path)
    return read_docx(path)
