"""The report of the packaged study in a real browser: its measured length, its two printed pages, and its wording as shown."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest
from playwright.sync_api import Page, sync_playwright

from isthmus.readers.glossary import read_glossary
from isthmus.report.locale import LANGUAGES
from isthmus.report.page import file_name
from tests.browser.test_report import FLAGS, browser_path

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STUDIES = Path(__file__).parents[2] / "src" / "isthmus" / "assets" / "studies"
WIDTHS = {"wide": (1280, 800), "narrow": (390, 844)}
MOST_SCREENS = {"wide": 14.0, "narrow": 35.0}
MOST_STOPS, MOST_CHAPTER, MOST_OPENED, PAGES = 60, 1.0, 2.0, 2
DRAWS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the packaged study with few draws, written in every language."""
    place = tmp_path_factory.mktemp("worked")
    study = place / "study"
    (source,) = (path for path in STUDIES.iterdir() if path.is_dir())
    shutil.copytree(source, study)
    settings = (study / "study.toml").read_text("utf-8")
    assert tomllib.loads(settings)["draws"]["count"] > DRAWS
    (study / "study.toml").write_text(re.sub(r"(?m)^count = \d+", f"count = {DRAWS}", settings), "utf-8")
    out = place / "out"
    for words in (["run", str(study), "--out", str(out)], *(["report", str(out), "--lang", c] for c in LANGUAGES[1:])):
        done = subprocess.run([sys.executable, "-m", "isthmus", *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser.new_page()
        browser.close()


def go(page: Page, folder: Path, language: str, width: str = "wide") -> None:
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
    page.goto((folder / file_name(language, LANGUAGES)).as_uri())
    page.wait_for_function("() => document.querySelector('.closed [data-drawn] svg')")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_closed_page_keeps_its_length(page: Page, folder: Path, language: str, width: str) -> None:
    go(page, folder, language, width)
    screens = page.evaluate("document.documentElement.scrollHeight") / WIDTHS[width][1]
    assert screens <= MOST_SCREENS[width]
    stops = "a[href], button, input, select, summary, [tabindex='0']"
    assert page.locator(stops).evaluate_all("els => els.filter(e => e.checkVisibility()).length") <= MOST_STOPS
    if width == "wide":
        tall = "(els, most) => els.filter(e => e.getBoundingClientRect().height > most).map(e => e.id)"
        most = MOST_CHAPTER * WIDTHS[width][1]
        assert page.locator(".chapter:not(.first)").evaluate_all(tall, most) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opened_chapter_adds_at_most_two_screens_whatever_tab_is_chosen(
    page: Page, folder: Path, language: str
) -> None:
    go(page, folder, language)
    chapters = page.locator(".chapter:not(.first)")
    height = "els => els.map(e => e.getBoundingClientRect().height)"
    closed = chapters.evaluate_all(height)
    page.locator("details.layer:not(.annex)").evaluate_all("els => els.forEach(e => { e.open = true; })")
    names = chapters.evaluate_all("els => els.map(e => e.id)")
    assert len(names) > 15
    turns = page.locator(".tablist").evaluate_all(
        "els => Math.max(...els.map(e => e.querySelectorAll('[role=tab]').length))"
    )
    assert turns > 1
    long: set[str] = set()
    for turn in range(turns):
        page.evaluate(
            "turn => document.querySelectorAll('.tablist').forEach(l => l.querySelectorAll('[role=tab]')[turn]?.click())",
            turn,
        )
        page.wait_for_function(
            "() => ![...document.querySelectorAll('[data-chart]:not([data-drawn])')].some(e => e.checkVisibility())"
        )
        opened = chapters.evaluate_all(height)
        long |= {
            f"{name}, tab {turn + 1}: {(after - before) / WIDTHS['wide'][1]:.2f}"
            for name, before, after in zip(names, closed, opened, strict=True)
            if after - before > MOST_OPENED * WIDTHS["wide"][1]
        }
    assert not long


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_prints_on_two_pages(page: Page, folder: Path, language: str, tmp_path: Path) -> None:
    go(page, folder, language)
    for paper in ("A4", "Letter"):
        path = tmp_path / "brief.pdf"
        page.pdf(path=path, format=paper, prefer_css_page_size=False, print_background=True)
        document = pypdfium2.PdfDocument(path)
        assert len(document) == PAGES, paper
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
        assert text.count("Isthmus") >= 2, "the citation is on paper"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_opened_page_is_cut_or_too_wide(page: Page, folder: Path, language: str, width: str) -> None:
    go(page, folder, language, width)
    page.locator("details").evaluate_all("els => els.forEach(e => { e.open = true; })")
    page.wait_for_function(
        "() => ![...document.querySelectorAll('[data-chart]:not([data-drawn])')].some(e => !e.closest('[hidden]'))"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    clipped = """els => els.filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
      .map(e => e.className + ": " + e.textContent.trim().slice(0, 60))"""
    assert page.locator("td, th, .card, .points, .card dd, .ends, summary").evaluate_all(clipped) == []
    cut = """charts => charts.filter(c => c.checkVisibility()).flatMap(chart => {
      const box = chart.getBoundingClientRect();
      return [...chart.querySelectorAll("svg text")].filter(t => {
        const r = t.getBoundingClientRect();
        return r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 2 || r.bottom > box.bottom + 2;
      }).map(t => chart.dataset.chart + ": " + t.textContent);
    })"""
    assert page.locator("[data-chart]").evaluate_all(cut) == []
    slanted = "els => els.filter(e => /rotate|matrix\\((?!1,0,0,1)/.test(e.getAttribute('transform') || '')).length"
    assert page.locator("[data-chart] svg text").evaluate_all(slanted) == 0


class Shown(HTMLParser):
    """Texts of a page that are in its own language: no script, no code, nothing marked as another language."""

    EMPTY = ("meta", "br", "input", "hr", "link", "img")

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.open, self.texts = language, list[tuple[str, str]](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            own = dict(attrs).get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if (
            self.open
            and self.open[-1][1] == self.language
            and not {"script", "style", "code"} & {t for t, _ in self.open}
        ):
            self.texts += [" ".join(data.split())] if data.strip() else []


def own_texts(folder: Path, language: str) -> list[str]:
    page = Shown(language)
    page.feed((folder / file_name(language, LANGUAGES)).read_text("utf-8"))
    assert len(page.texts) > 2000
    return page.texts


def sources(folder: Path) -> list[str]:
    """Words that stand as their sources have them: origins of totals, of catalogues and of claims."""
    kept = json.dumps(json.loads((folder / "findings.json").read_text("utf-8")), ensure_ascii=False)
    found = re.findall(r'"(?:[a-z]+_)?source": "([^"]+)"', kept)
    for table in ("nowcast_totals", "compatibility"):
        rows = (folder / "tables" / f"{table}.csv").read_text("utf-8-sig")
        found += re.findall(r'"([^"]{20,})"', rows) + [cell for cell in re.split(r"[,\n]", rows) if " " in cell]
    return sorted({one.strip() for one in found}, key=len, reverse=True)


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_no_english_sentence_is_left_on_the_page(folder: Path, language: str) -> None:
    kept = sources(folder)
    found = []
    for text in own_texts(folder, language):
        for source in kept:
            text = text.replace(source, " ")
        plain = re.sub(r"`[^`]*`|https?://\S+|[\w./-]+\.(csv|toml|json|md|pdf|docx|html)", " ", text)
        found += [run[0] for run in re.finditer(r"[A-Za-z’'-]{2,}(?: [A-Za-z’'-]{2,}){2,}", plain)]
    assert not set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_no_template_no_doubled_word_and_no_other_wording_of_a_term(folder: Path, language: str) -> None:
    texts = [re.sub(r"`[^`]*`", " ", text) for text in own_texts(folder, language)]
    assert not [text for text in texts if re.search(r"\{[a-z_]*\}|\bNone\b|\bnan\b", text)]
    assert not [text for text in texts if re.search(r"(?<![\w-])([^\W\d_]{3,}) \1(?![\w-])", text)]
    assert not [text for text in texts if re.search(r"[^\W\d_] - [^\W\d_]|--", text)]
    assert not [text for text in texts if re.search(r"[-−+]?0[.,]0+ … [-−+]?0[.,]0+(?!\d)", text)]
    avoided = [word for term in read_glossary().values() for word in term.avoid.get(language, ())]
    found = [(word, text[:80]) for text in texts for word in avoided if re.search(word, text, re.IGNORECASE)]
    assert not found


UNITS = {"billion": 1e3, "млрд": 1e3, "亿": 1e2, "million": 1.0, "млн": 1.0, "万": 1e-2}
"""Words for amounts of money, in million USD."""
NUMBER = re.compile(
    r"(?P<sign>[+−])?(?P<digits>\d(?:[\d.,\u00a0\u202f]*\d)?)[ \u00a0]*(?P<unit>billion|млрд|亿|million|млн|万)?"
)


def shown(words: str, language: str) -> list[tuple[float, float]]:
    """Return the numbers of a text with half a unit of their last digit, money in million USD.

    A range in brackets behind an amount of money is in the amount's unit.
    """
    found, end, amount, bracket = [], 0, 1.0, 1.0
    for match in NUMBER.finditer(words):
        between, end = words[end : match.start()], match.end()
        if re.search("[)）]", between):
            bracket = 1.0
        if re.search("[(（]", between):
            bracket = amount
        digits = re.sub("[\u00a0\u202f]", "", match["digits"])
        digits = digits.replace(",", ".") if language == "ru" else digits.replace(",", "")
        size = UNITS.get(match["unit"] or "", bracket)
        amount = UNITS.get(match["unit"] or "", 1.0)
        places = len(digits.partition(".")[2])
        value = float(digits) * (-1 if match["sign"] == "−" else 1)
        found.append((value * size, 0.501 * 10.0**-places * size))
    return found


def says(words: str, expected: list[float], language: str) -> None:
    """Hold a text against numbers from the tables, in order, each as exact as it is written."""
    numbers = shown(words, language)
    assert len(numbers) == len(expected), (words, numbers, expected)
    for (value, half), wanted in zip(numbers, expected, strict=True):
        assert abs(value - wanted) <= half * (1 + 1e-9), (words, value, wanted)


SIZES = (1.0, *sorted(set(UNITS.values())))
"""A range of money names its unit once, behind its second end."""


class Tables:
    """The tables of a run as a reader opens them, without the code that wrote them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tables"
        self.facts = json.loads((folder / "findings.json").read_text("utf-8"))["sections"]
        self.value = pd.read_csv(self.folder / "value.csv", keep_default_na=False).query("channel == 'all'")
        self.partners = self.facts["value"]["partners"]
        self.deadline = self.facts["value"]["deadline"]

    def read(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.folder / f"{name}.csv", keep_default_na=False)

    def effect(self, economy: str, component: str, support: str, net: bool) -> pd.Series:
        wanted = (economy, component, support, net, self.deadline)
        rows = self.value[["economy", "component", "support", "net", "year"]].apply(tuple, axis=1)
        (found,) = self.value[rows == wanted].to_dict("records")
        return pd.Series(found)

    def income(self, economy: str) -> float:
        return float(self.facts["trade"]["income_musd"][economy])

    def money(self, economy: str, percent: float) -> float:
        return self.income(economy) * percent / 100

    def third(self) -> pd.DataFrame:
        rows = self.value.query(f"component == 'total' and support == 'both' and year == {self.deadline}")
        return rows[rows["net"] & ~rows["economy"].isin([*self.partners, "third"])].set_index("economy")


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    return Tables(folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_and_the_cards_are_medians_of_the_tables(
    page: Page, folder: Path, tables: Tables, language: str
) -> None:
    go(page, folder, language)
    parts: list[float] = []
    cards = page.locator(".chapter.first .card").all_inner_texts()
    for card, economy in zip(cards, [*tables.partners, "third"], strict=True):
        net, gross = (tables.effect(economy, "total", "both", one) for one in (True, False))
        every = tables.effect(economy, "total", "joint", True)
        low, median, high = (net[name] for name in ("low", "median", "high"))
        money = [tables.money(economy, x) for x in (median, low, high)]
        if economy != "third":
            parts += [median] if low <= 0 <= high else [median, money[0]]
        numbers = shown(card, language)
        wanted = [median, tables.deadline, low, high, *money]
        if economy == "third":
            signs = tables.third()
            gain, lose = int((signs["low"] > 0).sum()), int((signs["high"] < 0).sum())
            wanted += [len(signs), gain, lose, len(signs) - gain - lose]
        else:
            wanted += [x[n] for x in (gross, every) for n in ("median", "low", "high")]
        for number in wanted:
            near = [abs(value * size - number) <= half * size for value, half in numbers for size in SIZES]
            assert any(near), (card, number)
    says(page.locator("h1").inner_text(), [tables.deadline, *parts], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_brief_says_what_the_tables_say(
    page: Page, folder: Path, tables: Tables, language: str
) -> None:
    go(page, folder, language)
    points = page.locator(".chapter.first .points li").all_inner_texts()
    losers, claim, sure, *unexpected = points
    (stated,) = tables.facts["border"]["claims"]
    source = stated["sources"].get(language, stated["source"])
    assert source in claim
    claim = claim.replace(source, "")
    third = tables.third().sort_values("median")
    losing = third[third["high"] < 0]
    assert shown(losers, language)[0][0] == len(losing)
    reasons = tables.read("third_economies").query("support == 'both'").set_index("economy")
    told = [code for code in losing.index if losing.loc[code, "median"] <= -0.0005][:2] or [losing.index[0]]
    wanted: list[float] = [len(losing)]
    for code in told:
        wanted += [losing.loc[code, name] for name in ("median", "low", "high")]
        row = reasons.loc[code]
        assert row["real_income_pct"] == pytest.approx(losing.loc[code, "median"])
        told_of = ["real_income_musd", *(["exports_to_partners_musd"] if row["reason"] == "diversion" else [])]
        wanted += [row[f"{name}{end}"] for name in told_of for end in ("", "_low", "_high")]
    says(losers, wanted, language)
    grid = tables.read("claim_tests").query("sector == 'goods'")
    holds = {reach: float((part["verdict"] == "holds").sum()) for reach, part in grid.groupby("reach")}
    whole = grid[grid["reach"] == "all"]["verdict"]
    narrowest = next((r for r in ("at_hand", "fragmentation", "policy", "all") if holds[r]), "")
    spoken = {"at_hand": ["at_hand"], "fragmentation": ["policy", "fragmentation"], "policy": ["policy"], "all": []}
    counts = (
        [holds["all"], *(holds[r] for r in spoken[narrowest])] if narrowest else [float((whole == "possible").sum())]
    )
    if narrowest == "all":
        counts.append(float((whole == "possible").sum()))
    assert sorted(v for v, _ in shown(claim, language)) == sorted(
        [30.0, 40.0, float(len(whole)), *(c for c in counts if c)]
    )
    shares = tables.read("evidence_weights").query("result == 'alignment' and grade == 'assumed'")
    shares = shares[shares["economy"].isin(tables.partners)]
    wanted = [shares[shares["role"] == role]["share_pct"].max() for role in ("weakest", "degree")]
    assert [value for value, _ in shown(sure, language)[:2]] == pytest.approx(wanted, abs=0.5)
    own = [[tables.effect(p, "own", "all", net) for net in (False, True)] for p in tables.partners]
    for gross, net in own:
        if gross["median"] > 0 and net["median"] < 0.5 * gross["median"]:
            share = float(net["unknown_cost_pct"])
            numbers = [x[n] for x in (gross, net) for n in ("median", "low", "high")]
            says(unexpected.pop(0), [*numbers, *([share] if share >= 0.5 else [])], language)
    for fact in tables.facts["outcomes"]["trade_and_imports"]:
        if fact["percent"] > 0 and unexpected:
            says(unexpected.pop(0), [1, fact["percent"], fact["low"], fact["high"]], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bridge_and_the_first_projects_of_the_brief_are_those_of_the_tables(
    page: Page, folder: Path, tables: Tables, language: str
) -> None:
    go(page, folder, language)
    bridge, cuts = tables.read("bridge").query("component == 'all'"), tables.read("removal")
    cuts = cuts.query("component == 'all' and support == 'both'").set_index("direction")
    directions = tables.facts["border"]["directions"]
    wanted = [100 * bridge.query("step == 'policy'").set_index("direction").loc[d, "central"] for d in directions]
    wanted += [100 * cuts.loc[d, "median"] for d in directions]
    wanted += [tables.effect(p, "total", "both", True)["median"] for p in tables.partners]
    title = page.locator(".chapter.first figure").first.inner_text().splitlines()[0]
    says(title, wanted, language)
    projects = tables.read("programme")
    first = projects[projects["place"] != ""].assign(order=lambda x: x["place"].astype(float)).nsmallest(3, "order")
    gains = tables.read("programme_projects").set_index(["project", "economy"])
    rows = page.locator(".chapter.first table tbody tr").all()
    lines = [row.locator("td").all_inner_texts() for row in rows[: len(first)]]
    divisor = UNITS["万"] if language == "zh" else 1.0
    for cells, (_, project) in zip(lines, first.iterrows(), strict=True):
        *brings, cost, start = cells[-4:]
        for cell, partner in zip(brings, tables.partners, strict=True):
            ((value, half),) = shown(cell, language)
            assert abs(value * divisor - gains.loc[(project["project"], partner), "median_pv"]) <= half * divisor
        ((value, half),) = shown(cost, language)
        assert abs(value * divisor - float(project["cost_pv"])) <= half * divisor
        assert int(start) == int(float(project["start"]))
