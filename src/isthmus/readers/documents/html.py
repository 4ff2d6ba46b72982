"""Read HTML: the main text of a page, its footnote marks and boilerplate left out."""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from isthmus.core.errors import BadInputError
from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.segment import join_lines
from isthmus.readers.documents.raised import settled
from isthmus.readers.tables import even

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".htm", ".html", ".xhtml")
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta|\?xml)\b", re.IGNORECASE)
_SHORT = 5000
"""Characters of a page that may hold more than its main text, or lose the edges of its tables."""
_DEEPEST = 400
"""Elements within elements that are followed."""
_NO_ENCODINGS = ("undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "oem")
"""Names that stand in the list of encodings and are none of a page."""
_FRAGMENT = re.compile(
    r"\s*<(?:p|div|h[1-6]|ul|ol|dl|table|section|article|main|header|blockquote|span|center|font)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-z][a-z0-9]*\b[^<>]*>", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_AS_BROWSERS_READ = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "us-ascii": "cp1252"}
_APART = {
    **dict.fromkeys(
        ("body", "div", "section", "article", "main", "header", "aside", "blockquote", "ul", "ol", "dl"), ""
    ),
    **dict.fromkeys(("p", "pre", "dt", "dd", "figure", "figcaption", "center", "address"), "paragraph"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "item",
}
"""Elements that stand apart from the text around them, with the kind of their own; "" for that of what holds them."""
_CROSSED_OUT = "//del|//s|//strike|//*[contains(@style, 'line-through')]"
_SET = re.compile(r"h[1-6]")
_BREAK = "\ue0f0"
"""Stands for a line break, which whitespace would swallow."""
_ENDS = re.compile(r"[.。!！?？;；:：]$")
_TABLES = "//table"
_TITLES = "//h1[not(ancestor::nav or ancestor::footer or ancestor::aside or ancestor::form)]"
_MOST_TITLES = 2
_WIDEST = 60
"""Rows or columns that a cell reaches over at most."""
_RAISED = "//sup|//*[contains(translate(@style, ' ', ''), 'vertical-align:super')]"


def is_html(text: str, suffix: str) -> bool:
    """Say whether a text is HTML: it begins like a page, or its name says so and it has tags, or it begins with a tag.

    A Markdown file may begin with a tag and stays text.
    """
    if _DOCUMENT.match(text, _after_comments(text)) or (suffix in SUFFIXES and _TAG.search(text)):
        return True
    return suffix not in _MARKDOWN and bool(_FRAGMENT.match(text)) and "</" in text


def _after_comments(text: str) -> int:
    """Return where a text begins once spaces and comments are passed."""
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip()) if text[at : at + 1].isspace() else 0
        end = text.find("-->", at + 4) if text.startswith("<!--", at) else -1
        if end < 0:
            return at
        at = end + 3


def declared_encoding(head: bytes) -> str:
    """Return the encoding that a page states in its first bytes, as browsers understand it; "" where it states none."""
    found = _CHARSET.search(head) if b"<" in head else None
    name = found.group(1).decode("ascii").lower() if found else ""
    try:
        known = codecs.lookup(_AS_BROWSERS_READ.get(name, name))
    except (LookupError, ValueError):
        return ""
    is_text = getattr(known, "_is_text_encoding", True) and known.name not in _NO_ENCODINGS
    return known.name if is_text else ""


def read_html(path: Path, text: str, notes: tuple[str, ...]) -> Document:
    """Read the main text of a page; menus, banners and footers are left out."""
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    root = _page(text)
    if root is not None and _depth(root) > _DEEPEST:
        raise BadInputError(
            path.name,
            f"has elements within elements {_depth(root)} deep",
            allowed=f"at most {_DEEPEST} levels",
            remedy="save the page as plain text",
        )
    if root is None:
        return Document(path.name, None, (), notes)
    found = trafilatura.extract(
        deepcopy(root),
        output_format="xml",
        include_tables=True,
        include_comments=False,
        favor_recall=True,
        deduplicate=False,
        config=DEFAULT_CONFIG,
    )
    blocks = tuple(_xml_blocks(ElementTree.fromstring(found))) if found else ()
    blocks = (*_titles_without(root, blocks), *blocks)
    whole = tuple(_all_html_blocks(root))
    kept, all_text = _length(blocks), _length(whole)
    flat = sum(block.kind != "heading" for block in blocks) == 1 and any(block.kind == "table" for block in whole)
    if (flat or kept < 0.5 * all_text) and all_text < _SHORT:
        blocks, notes = whole, (*notes, "the page is short: read whole, menus included")
    return Document(path.name, None, blocks, notes)


def _titles_without(root: "_Element", blocks: Sequence[DocumentBlock]) -> Iterator[DocumentBlock]:
    """Yield the titles that a page sets above its main text, as headings: the period of a plan stands there."""
    known = " ".join(" ".join(block.text.split()) for block in blocks)
    for node in root.xpath(_TITLES)[:_MOST_TITLES] if blocks else ():
        title = _inner(node)
        if title and title not in known:
            yield DocumentBlock("heading", title, level=1)


def _page(text: str) -> "_Element":
    """Return the tree of a page, its raised characters settled; None for one without elements."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError:
        return None
    for node in root.xpath(_CROSSED_OUT):
        node.drop_tree()
    for node in root.xpath(_RAISED):
        raised = node.text_content()
        for child in list(node):
            node.remove(child)
        node.text = settled(_before(node), raised, node.tail or "")
        if node.getparent() is not None:
            node.drop_tag()
    for table in root.xpath(_TABLES):
        _without_frame(table, parts := table.xpath("./tbody|./thead|./tfoot"))
        _spread([row for part in (table, *parts) for row in part.xpath("./tr")])
    return root


def _spread(rows: "Sequence[_Element]") -> None:
    """Give each row of a table all its cells: one over several rows gives its text in each, one over several columns once."""
    from lxml.etree import Element

    held: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells, placed = row.xpath("./td|./th"), list["_Element"]()
        while cells or any(column >= len(placed) for column in held):
            more, text = held.pop(len(placed), (0, ""))
            if more or not cells:
                placed.append(Element("td"))
                placed[-1].text = text
                spans = [(more - 1, text)]
            else:
                placed.append(cells.pop(0))
                wide, high = (_span(placed[-1].attrib.pop(name, "")) for name in ("colspan", "rowspan"))
                spans = [(high - 1, placed[-1].text_content() if high > 1 else ""), *[(high - 1, "")] * (wide - 1)]
                placed += [Element("td") for _ in range(wide - 1)]
            held |= {i: span for i, span in enumerate(spans, len(placed) - len(spans)) if span[0] > 0}
        row[:] = placed


def _span(told: str) -> int:
    """Return over how many rows or columns a cell reaches."""
    return min(int(told), _WIDEST) if told.isascii() and told.isdigit() and int(told) else 1


def _without_frame(table: "_Element", parts: "Sequence[_Element]") -> None:
    """Make running text of a table that only sets a page: each of its rows has one cell with text, and one has paragraphs."""
    rows = [row for part in (table, *parts) for row in part.xpath("./tr")]
    cells = [row.xpath("./td|./th") for row in rows]
    lone = all(sum(bool(cell.text_content().strip()) for cell in row) <= 1 for row in cells)
    if lone and any(cell.xpath(".//p|.//div|.//table") for row in cells for cell in row):
        for node in (table, *parts, *rows, *chain(*cells)):
            node.tag = "div"


def _depth(root: "_Element") -> int:
    """Return how deep elements lie within elements."""
    from lxml import etree

    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _before(node: "_Element") -> str:
    """Return the text that stands directly before an element, be it in the elements around it."""
    while node is not None:
        for sibling in node.itersiblings(preceding=True):
            if text := sibling.text_content() + (sibling.tail or ""):
                return str(text)
        node = node.getparent()
        if node is not None and node.text:
            return str(node.text)
    return ""


def _length(blocks: Iterable[DocumentBlock]) -> int:
    return sum(len(block.text) + sum(len(cell) for row in block.rows for cell in row) for block in blocks)


def _xml_blocks(root: "_Element") -> Iterator[DocumentBlock]:
    """Turn trafilatura's XML into blocks."""
    inside = {cell for table in root.iter("table") for cell in table.iter() if cell is not table}
    for node in root.iter():
        if node.tag == "table":
            rows = [[_inner(cell) for cell in row.iter("cell")] for row in node.iter("row")]
            yield DocumentBlock("table", "", rows=even(rows))
        elif node.tag in ("p", "head", "item", "quote", "code") and node not in inside:
            kind = {"head": "heading", "item": "item"}.get(node.tag, "paragraph")
            yield from _running(_flat(node), kind, node.get("rend", ""))


def _inner(node: "_Element") -> str:
    return " ".join(_flat(node).replace(_BREAK, " ").split())


def _flat(node: "_Element") -> str:
    """Return all the text in an element, line breaks marked."""
    pieces = [node.text or ""]
    for child in node:
        pieces += [_BREAK if child.tag in ("br", "lb") else _flat(child), child.tail or ""]
    return "".join(pieces)


def _running(text: str, kind: str, tag: str = "") -> Iterator[DocumentBlock]:
    """Yield running text: a line break begins a block, except within a sentence that goes on in small letters."""
    whole, level = "", int(tag[1:]) if kind == "heading" and _SET.fullmatch(tag) else 0
    for line in (" ".join(part.split()) for part in text.split(_BREAK)):
        if whole and line and (_ENDS.search(whole) or not line[0].islower()):
            yield DocumentBlock(kind, whole, level=level)  # type: ignore[arg-type]
            whole = line
        elif line:
            whole = join_lines(whole, line) if whole else line
    if whole:
        yield DocumentBlock(kind, whole, level=level)  # type: ignore[arg-type]


def _all_html_blocks(root: "_Element") -> Iterator[DocumentBlock]:
    """Turn all the text of a page into blocks, be it in a paragraph or loose."""
    for dropped in root.xpath("//script|//style|//nav|//noscript|//template|//footer|//form|//head"):
        dropped.drop_tree()
    yield from _blocks_in(root, "paragraph")


def _tables_in(table: "_Element") -> Iterator[DocumentBlock]:
    """Yield a table, then each one that stands in a cell of it."""
    inner = table.xpath(".//table")
    for nested in reversed(inner):
        nested.drop_tree()
    for one in (table, *inner):
        rows = [[_inner(cell) for cell in row.xpath("./th|./td")] for row in one.xpath(".//tr")]
        yield DocumentBlock("table", "", rows=even(rows))


def _blocks_in(node: "_Element", kind: str, tag: str = "") -> Iterator[DocumentBlock]:
    """Yield what stands in an element: an element that stands apart ends the running text before it."""
    text = node.text or ""
    for child in node:
        apart = child.tag == "table" or any(inner.tag in _APART for inner in child.iter())
        if apart:
            yield from _running(text, kind, tag)
        if child.tag == "table":
            yield from _tables_in(child)
        elif apart:
            yield from _blocks_in(child, _APART.get(child.tag) or kind, child.tag if _APART.get(child.tag) else tag)
        text = ("" if apart else text + (_BREAK if child.tag == "br" else _flat(child))) + (child.tail or "")
    yield from _running(text, kind, tag)
