"""The report in a real browser: no network, no accessibility violation, wide and narrow, by keyboard, in every language."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "unit" / "report"))

import report_sample as sample  # noqa: E402

from isthmus.report.locale import LANGUAGES, Translator  # noqa: E402
from isthmus.report.page import collect, file_name, render  # noqa: E402

pytestmark = pytest.mark.browser
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCAL = ("file:", "data:", "blob:", "about:")
WIDTHS = {"wide": (1280, 900), "narrow": (390, 844)}


def browser_path() -> str:
    """Return the browser named by CHROMIUM, else the one on the path; a machine without one fails, it does not skip."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    assert found, "no browser: set CHROMIUM to a Chromium-like browser or install chromium"
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report")
    findings = sample.findings()
    for language in LANGUAGES:
        first, *rest = collect(findings, language)
        page = render(findings, [first, sample.gallery(), *rest], language, LANGUAGES)
        (path / file_name(language, LANGUAGES)).write_text(page, "utf-8")
    return path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page whose requests to anywhere but this machine are aborted and listed, and must be none."""
    asked: list[str] = []
    problems: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(LOCAL):
            asked.append(request.url)

    def stop(route: Route) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            route.abort()

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path_factory.mktemp("profile")), executable_path=browser_path(), args=FLAGS, headless=True
        )
        context.route("**/*", stop)
        context.on("request", note)
        page = context.new_page()
        page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        yield page
        context.close()
    assert asked == []
    assert problems == []


def open_page(page: Page, folder: Path, language: str, width: str = "wide", *, opened: bool = True) -> None:
    """Go to the report; with `opened` every layer and tab of every chapter is open and its charts are drawn."""
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
    page.goto("about:blank")
    page.goto((folder / file_name(language, LANGUAGES)).as_uri())
    if opened:
        page.locator("details.layer, details.folded").evaluate_all("els => els.forEach(e => { e.open = true; })")
        # each tab in turn, last the first again: a chart is drawn when its tab is chosen
        page.locator("[role=tablist]").evaluate_all(
            "all => all.forEach(list => [...list.querySelectorAll('[role=tab]')].reverse().forEach(tab => tab.click()))"
        )
        page.wait_for_function("() => !document.querySelector('[data-chart]:not([data-drawn])')")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen_and_every_chart_is_drawn(
    page: Page, folder: Path, language: str, width: str
) -> None:
    open_page(page, folder, language, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    charts = page.locator("[data-chart]")
    assert charts.count() >= 8
    for index in range(charts.count()):
        assert charts.nth(index).locator("svg path").count() > 0
    inside = (
        "els => els.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className + e.textContent.slice(0, 60))"
    )
    assert page.locator(".card, .points, .block, .card dd, .ends").evaluate_all(inside) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_charts_is_as_large_as_the_page_on_a_phone(page: Page, folder: Path, language: str) -> None:
    open_page(page, folder, language, "narrow")
    body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    sizes = page.locator("[data-chart] svg text").evaluate_all(
        "els => els.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert len(sizes) > 50
    assert min(sizes) >= body


@pytest.mark.parametrize("width", [390, 400])
def test_a_matrix_on_a_phone_names_each_row_above_its_cells_and_has_few_lines_of_heads(
    page: Page, folder: Path, width: int
) -> None:
    open_page(page, folder, "en", "narrow")
    page.set_viewport_size({"width": width, "height": 844})  # drawn anew where it is another one
    page.wait_for_timeout(400)
    texts = page.locator("[data-chart=g-heat-option] svg text").evaluate_all(
        "els => els.map(e => [e.textContent, e.getBoundingClientRect().left, e.getBoundingClientRect().top])"
    )
    place = {text: (left, top) for text, left, top in texts}
    heads, rows = ("same", "complement", "related", "conflict", "gap"), ("energy", "machines", "transport", "science")
    assert len({round(place[head][1]) for head in heads}) <= 2
    assert max(place[row][0] for row in rows) - min(place[row][0] for row in rows) < 3
    cells = [top for text, _, top in texts if text[-1].isdigit()]
    for row, below in pairwise(rows):
        assert sum(place[row][1] < top < place[below][1] for top in cells) == len(heads)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_chart_is_cut_off(page: Page, folder: Path, language: str, width: str) -> None:
    open_page(page, folder, language, width)
    cut = """charts => charts.flatMap(chart => {
      const box = chart.getBoundingClientRect();
      return [...chart.querySelectorAll("svg text")].filter(t => {
        const r = t.getBoundingClientRect();
        return r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 2 || r.bottom > box.bottom + 2;
      }).map(t => chart.dataset.chart + ": " + t.textContent);
    })"""
    assert page.locator("[data-chart]").evaluate_all(cut) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_a_chart_runs_through_words(page: Page, folder: Path, language: str, width: str) -> None:
    open_page(page, folder, language, width)
    crossed = """charts => charts.flatMap(chart => {
      const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
      const boxes = nodes => [...nodes].map(n => [n, n.getBoundingClientRect()]);
      const drawn = chart.querySelectorAll(`svg path[stroke="${ink}"]:not([stroke-opacity="0"])`);
      const lines = boxes(drawn).filter(l => l[1].width < 2 && l[1].height > 9);
      return boxes(chart.querySelectorAll("svg text")).filter(t => lines.some(l =>
        l[1].left > t[1].left && l[1].left < t[1].right && l[1].top < t[1].bottom - 4 && l[1].bottom > t[1].top + 4
      )).map(t => chart.dataset.chart + ": " + t[0].textContent);
    })"""
    charts = "[data-chart=g-missed-option], [data-chart=g-gantt-option], [data-chart=g-ranges-option]"
    assert page.locator(charts).count() == 3
    assert page.locator(charts).evaluate_all(crossed) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_short_range_is_longer_than_its_mark(page: Page, folder: Path, width: str) -> None:
    open_page(page, folder, "en", width)
    size = """charts => charts.map(chart => {
      const wide = n => n.getBoundingClientRect().width;
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--a").trim();
      const marks = [...chart.querySelectorAll(`svg path[fill="${colour}"][stroke]`)].map(wide);
      const ranges = [...chart.querySelectorAll(`svg path[fill="none"][stroke="${colour}"]`)].map(wide).filter(w => w > 2);
      return [Math.max(...marks), Math.min(...ranges)];
    })[0]"""
    mark, shortest = page.locator("[data-chart=g-missed-option]").evaluate_all(size)
    assert 6 < mark < shortest


@pytest.mark.parametrize("width", WIDTHS)
def test_the_numbers_of_an_axis_are_as_far_apart_as_each_other(page: Page, folder: Path, width: str) -> None:
    open_page(page, folder, "en", width)
    found = page.locator("[data-chart]:not([data-chart=g-heat-option])").evaluate_all("""charts => charts.map(chart => {
      const shown = [...chart.querySelectorAll("svg text")].filter(t => t.getBoundingClientRect().height);
      const texts = shown.map(t => [t.textContent, Math.round(t.getBoundingClientRect().bottom)]);
      const last = Math.max(...texts.map(t => t[1]));
      return texts.filter(t => t[1] === last && /^[+−]?[\\d.,]+\\s?%?$/.test(t[0])).map(t => t[0]);
    })""")
    axes = [[float(re.sub(r"[\s%,+]", "", text).replace("−", "-")) for text in texts] for texts in found]
    uneven = [axis for axis in axes if len({round(b - a, 9) for a, b in pairwise(sorted(axis))}) > 1]
    assert uneven == []
    assert all(0 in axis for axis in axes if axis and axis[-1] < 1000), "a value axis names its zero"
    assert sum(len(axis) > 2 for axis in axes) >= 4


def test_a_click_on_a_cell_opens_what_lies_behind_it(page: Page, folder: Path) -> None:
    open_page(page, folder, "en")
    behind = page.locator("#g-behind")
    behind.evaluate("e => { e.open = false; }")
    page.locator("[data-chart=g-heat-option] svg path[fill]").nth(12).click(force=True)
    page.wait_for_function("() => document.getElementById('g-behind').open")
    assert page.evaluate("document.activeElement.parentElement.id") == "g-behind"


def test_charts_fit_again_when_the_screen_is_turned(page: Page, folder: Path) -> None:
    open_page(page, folder, "en", "narrow")
    chart = page.locator("[data-chart=value-own-option]")
    upright = chart.locator("svg").bounding_box()
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_function(
        "() => document.querySelector('[data-chart=value-own-option] svg').getBoundingClientRect().width > 500"
    )
    turned = chart.locator("svg").bounding_box()
    assert upright
    assert turned
    assert turned["width"] > upright["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 844


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_violation(page: Page, folder: Path, language: str, width: str) -> None:
    open_page(page, folder, language, width)
    page.locator("details").evaluate_all("els => els.forEach(e => { e.open = true; })")
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 10


def test_the_page_is_usable_by_keyboard(page: Page, folder: Path) -> None:
    open_page(page, folder, "en")
    text = Translator("en")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=text("page.skip"))
    assert skip.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    chapters = page.get_by_role("navigation", name=text("page.chapters"))
    chapters.get_by_role("link", name=text("evidence.short")).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash === '#evidence'")
    assert page.get_by_role("heading", level=2, name="Every equation holds").is_visible()

    figure = page.get_by_role("figure", name=page.locator("#value-own-title").inner_text())
    summary = figure.get_by_text(text("page.table"))
    summary.focus()
    page.keyboard.press("Enter")
    table = figure.get_by_role("table")
    assert table.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "CSV"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#value-own"


def test_csv_is_downloaded_from_the_page_itself(page: Page, folder: Path) -> None:
    open_page(page, folder, "ru")
    title = page.locator("#value-own-title").inner_text()
    page.locator("#value-own summary").click()
    with page.expect_download() as event:
        page.get_by_role("link", name=title).and_(page.locator(".csv")).click()
    assert event.value.suggested_filename == "value-own.csv"
    lines = Path(event.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Часть,Экономика,")
    assert len(lines) == 1 + len(sample.effects().query("year == 2030 and component in ['own', 'both', 'aligned']"))


def test_languages_are_one_link_away(page: Page, folder: Path) -> None:
    open_page(page, folder, "en")
    page.get_by_role("link", name="中文").click()
    assert page.evaluate("document.documentElement.lang") == "zh"
    page.get_by_role("link", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_every_chart_and_table_prints_on_the_page(page: Page, folder: Path) -> None:
    open_page(page, folder, "en")
    page.emulate_media(media="print")
    try:
        assert not page.get_by_role("navigation").is_visible()
        assert page.locator(".chapter").evaluate_all("els => els.every(e => e.checkVisibility())")
        heights = page.locator("[data-chart] svg").evaluate_all("els => els.map(e => e.getBoundingClientRect().height)")
        assert len(heights) >= 8
        assert min(heights) > 100
        assert page.pdf(format="A4")[:5] == b"%PDF-"
    finally:
        page.emulate_media(media="screen")


def test_a_closed_chapter_is_its_finding_and_one_chart(page: Page, folder: Path) -> None:
    open_page(page, folder, "en", opened=False)
    chapters = page.locator(".chapter:not(.first)")
    shown = "els => els.map(e => [...e.querySelectorAll('figure')].filter(f => f.checkVisibility()).length)"
    assert max(chapters.evaluate_all(shown)) == 1
    heights = chapters.evaluate_all("els => els.map(e => e.getBoundingClientRect().height)")
    assert max(heights) < 1.1 * WIDTHS["wide"][1]
    stops = "a[href], button, input, select, summary, [tabindex='0']"
    assert page.locator(stops).evaluate_all("els => els.filter(e => e.checkVisibility()).length") <= 60


@pytest.mark.parametrize("width", WIDTHS)
def test_a_link_to_anything_inside_opens_it(page: Page, folder: Path, width: str) -> None:
    open_page(page, folder, "en", width, opened=False)
    inner = page.locator("details.layer figure").last
    name = inner.get_attribute("id")
    assert not inner.is_visible()
    page.evaluate(f"location.hash = '#{name}'")
    page.wait_for_function(f"() => document.querySelector('#{name} [data-drawn] svg')")
    assert inner.is_visible()
    assert page.locator("nav.chapters").is_visible(), "the contents stay in view"
    assert page.locator("nav.chapters").evaluate("e => e.getBoundingClientRect().top") == 0


def test_the_annex_is_searched_and_filtered(page: Page, folder: Path) -> None:
    open_page(page, folder, "en")
    annex = page.locator("#evidence-annex")
    rows = annex.locator(".grid tbody tr")
    total = rows.count()
    annex.get_by_role("searchbox").fill("assumed")
    kept = rows.evaluate_all("els => els.filter(e => !e.hidden).map(e => e.textContent.toLowerCase())")
    assert 0 < len(kept) < total
    assert all("assumed" in row for row in kept)
    assert annex.locator("output").inner_text() == f"{len(kept)} of {total} rows"
    annex.get_by_role("searchbox").fill("")
    assert rows.evaluate_all("els => els.filter(e => !e.hidden).length") == total
    choice = annex.get_by_role("combobox").first
    value = choice.locator("option").nth(1).inner_text()
    choice.select_option(value)
    chosen = rows.evaluate_all("els => els.filter(e => !e.hidden).map(e => e.textContent)")
    assert 0 < len(chosen) < total
    assert all(value in row for row in chosen)


def test_print_gives_the_first_pages_and_what_is_open(page: Page, folder: Path) -> None:
    open_page(page, folder, "en", opened=False)
    page.emulate_media(media="print")
    try:
        seen = "els => els.filter(e => e.checkVisibility()).map(e => e.id)"
        first = page.locator(".chapter.first").get_attribute("id")
        assert page.locator(".chapter").evaluate_all(seen) == [first]
        page.locator("#value-more").evaluate("e => { e.open = true; }")
        assert page.locator(".chapter").evaluate_all(seen) == [first, "value"]
    finally:
        page.emulate_media(media="screen")


def test_tabs_are_chosen_by_arrow_keys_and_a_link_into_one_shows_it(page: Page, folder: Path) -> None:
    open_page(page, folder, "en")
    tabs = page.locator("#g-tabs")
    first, second = tabs.get_by_role("tab").all()
    assert page.locator("#g-map").is_visible()
    first.focus()
    page.keyboard.press("ArrowRight")
    assert second.evaluate("e => e === document.activeElement")
    assert second.get_attribute("aria-selected") == "true"
    assert not page.locator("#g-map").is_visible()
    assert tabs.get_by_role("tabpanel").inner_text() == "A table."
    page.evaluate("location.hash = '#g-map'")
    page.wait_for_function("() => document.querySelector('#g-map [data-drawn] svg')?.checkVisibility()")
    assert first.get_attribute("aria-selected") == "true"


def test_a_picker_shows_the_chosen_view_alone(page: Page, folder: Path) -> None:
    open_page(page, folder, "en")
    picker = page.locator("#g-pick")
    assert picker.get_by_text("About Aland.").is_visible()
    picker.get_by_role("combobox", name="Economy").select_option("Beria")
    assert picker.get_by_text("About Beria.").is_visible()
    assert not picker.get_by_text("About Aland.").is_visible()
