"""The report of the packaged study in a real browser: its measured length, its two printed pages, and its wording as shown."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, sync_playwright

from isthmus.readers.glossary import read_glossary
from isthmus.report.locale import LANGUAGES
from isthmus.report.page import file_name
from tests.browser import screen_homes
from tests.browser.screen_homes import UNITS, Home, Tables, astray, shown
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
    words = ["run", str(study), "--out", str(out)]
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
    assert page.locator("#plans .grid .scroll, #alignment .grid .scroll").evaluate_all(clipped) == []
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


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    return Tables(folder)


def told(texts: list[str], tables: Tables, language: str) -> list[str]:
    """Return texts without the names of economies and projects, which may hold numbers of their own."""
    names = {**tables.facts["value"]["economy_names"], **tables.facts["programme"]["titles"]}
    listed = sorted({one.get(language) or one["en"] for one in names.values()}, key=len, reverse=True)
    for name in listed:
        texts = [text.replace(name, "") for text in texts]
    return texts


WORDS = """els => els.map(e => {
  const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), found = [];
  for (let node; (node = walker.nextNode());) {
    if (!node.parentElement.closest("script, .cite, [data-chart]")) found.push(node.data);
  }
  return found.join(" ");
})"""
"""All words of elements, of closed parts too, but for citations and drawings."""


def texts(page: Page, tables: Tables, selector: str, language: str) -> list[str]:
    return told(page.locator(selector).evaluate_all(WORDS), tables, language)


FIRST = ".chapter.first"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_first_screen_is_a_cell_of_a_table(
    page: Page, folder: Path, tables: Tables, language: str
) -> None:
    """Element by element, each number rounded to the digits it is written with; none is left without a cell."""
    go(page, folder, language)
    unit = UNITS["亿"] if language == "zh" else UNITS["million"]
    title, rows, source = screen_homes.projects(tables)
    bridge, drawn, steps = screen_homes.bridge(tables)
    known: list[tuple[str, list[Home], bool]] = [
        ("h1", screen_homes.headline(tables), True),
        (".masthead .lead", screen_homes.lead(tables), False),
        (f"{FIRST} > .grid > h2", title, False),
        (f"{FIRST} > .grid > .source", source, False),
        (f"{FIRST} figcaption", bridge, True),
        (f"{FIRST} figure > .source", drawn, False),
        (f"{FIRST} .points:not(.muted) li >> nth=0", screen_homes.claim(tables), False),
        (f"{FIRST} .points:not(.muted) li >> nth=1", screen_homes.sureness(tables), True),
        (f"{FIRST} .points.muted ul", [], True),
    ]
    for place, economy in enumerate([*tables.partners, screen_homes.THIRD]):
        known += [
            (f"{FIRST} .card >> nth={place} >> {at}", h, True) for at, h in screen_homes.card(tables, economy) if h
        ]
    for row, cells in enumerate(rows):
        at = f"{FIRST} > .grid tbody tr >> nth={row} >> td"
        known += [(f"{at} >> nth={column}", homes, True) for column, homes in enumerate(cells)]
    for row, homes in enumerate(steps):
        known.append((f"{FIRST} figure tbody tr >> nth={row}", homes, True))
    wrong, numbers = [], 0
    for selector, homes, ordered in known:
        (words,) = texts(page, tables, selector, language)
        wrong += [f"{selector}: {one}" for one in astray(words, homes, language, unit=unit, ordered=ordered)]
        numbers += len(homes)
    assert not wrong, "\n".join(wrong)
    whole = texts(page, tables, f"h1, .masthead .lead, {FIRST}", language)
    every = sum(len(shown(words, language)) for words in whole)
    assert every == numbers, "a number stands outside of what is held against the tables"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ends_drawn_on_the_first_screen_are_those_of_the_tables(
    page: Page, folder: Path, tables: Tables, language: str
) -> None:
    """Beside every bar of the bridge stand its ends; all else that is written in the drawing are marks of the axis."""
    go(page, folder, language)
    *_, steps = screen_homes.bridge(tables)
    written = page.locator(f"{FIRST} [data-chart] svg text").all_text_contents()
    found = [number for words in written for number in shown(words, language)]
    for low, _, high in steps:
        for home in (low, high):
            near = next((n for n in found if abs(n.value - home.value) <= n.half and n.half < 0.1), None)
            assert near is not None, home
            found.remove(near)
    marks = sorted(number.value for number in found)
    assert marks[0] == 0
    assert len({round(b - a, 9) for a, b in pairwise(marks)}) == 1, "marks of the axis"
