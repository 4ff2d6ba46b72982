"""Make the plan digests and the documents of the tests from their text: PDF by a headless Chromium, DOCX, HTML.

``python tools/plan_documents.py`` rewrites them all. The files it makes are kept in the repository, so that neither a
browser nor fonts are needed to run the product or its tests.
"""

import html
import re
import subprocess
import tempfile
from pathlib import Path

import docx

ROOT = Path(__file__).resolve().parents[1]
DIGESTS = ROOT / "src/isthmus/assets/studies/china-russia/plans"
FIXTURES = ROOT / "tests/data/documents"
CHROMIUM = "chromium"
STYLE = """
@page { size: A4; margin: 22mm 20mm; }
body { font: 10.5pt/1.55 "Noto Sans CJK SC", "Noto Sans", sans-serif; }
h1 { font-size: 17pt } h2 { font-size: 13pt } h1, h2, th { font-weight: normal }
table { border-collapse: collapse; width: 100% } td, th { border: 0.6pt solid black; padding: 2pt 5pt; text-align: left }
.two { columns: 2; column-gap: 9mm; text-align: justify; hyphens: auto }
"""


def main() -> None:
    """Write every document."""
    FIXTURES.mkdir(parents=True, exist_ok=True)
    zh = (DIGESTS / "outline-digest.zh.md").read_text("utf-8")
    write_pdf(zh, "zh", DIGESTS / "outline-digest.zh.pdf")
    ru = (DIGESTS / "national-goals-digest.ru.md").read_text("utf-8")
    write_docx(ru, DIGESTS / "national-goals-digest.ru.docx")
    for source in sorted(FIXTURES.glob("*.md")):
        lang, text = source.stem[-2:], source.read_text("utf-8")
        write_pdf(text, lang, source.with_suffix(".pdf"))
        write_pdf(text, lang, source.with_name(f"columns-{lang}.pdf"), columns=True)
        write_docx(text, source.with_suffix(".docx"))
        menu = "<nav><ul><li>Home</li><li>Contact</li></ul></nav>"
        source.with_suffix(".html").write_text(to_html(text, lang, before=menu), "utf-8")


def to_html(text: str, lang: str, *, columns: bool = False, before: str = "") -> str:
    """Turn the few forms of Markdown in use here into HTML."""
    body, rows = [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            cells = [html.escape(cell.strip()) for cell in line.strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                tag = "td" if rows else "th"
                rows.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>")
            continue
        if rows:
            body.append("<table>" + "".join(rows) + "</table>")
            rows = []
        if match := re.match(r"(#+) (.*)", line):
            level = len(match[1])
            body.append(f"<h{level}>{html.escape(match[2])}</h{level}>")
        elif line.strip():
            body.append(f"<p>{html.escape(line.strip())}</p>")
    kind = ' class="two"' if columns else ""
    content = "\n".join(body)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{html.escape(text.splitlines()[0].strip("# "))}'
        f"</title><style>{STYLE}</style></head><body>{before}<main{kind}><article>\n{content}\n</article></main></body></html>\n"
    )


def write_pdf(text: str, lang: str, path: Path, *, columns: bool = False) -> None:
    """Print the text to a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(to_html(text, lang, columns=columns), "utf-8")
        command = [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",
        ]
        subprocess.run(
            [*command, f"--print-to-pdf={path}", page.as_uri()], check=True, capture_output=True, timeout=120
        )


def write_docx(text: str, path: Path) -> None:
    """Write the text as DOCX with headings and tables."""
    document, rows = docx.Document(), []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                rows.append(cells)
            continue
        if rows:
            table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    table.cell(i, j).text = cell
            rows = []
        if match := re.match(r"(#+) (.*)", line):
            document.add_heading(match[2], level=len(match[1]) - 1)
        elif line.strip():
            document.add_paragraph(line.strip())
    document.save(path)


if __name__ == "__main__":
    main()
