"""Write docs/reference/glossary.md from the glossary of the product: ``python tools/glossary.py``."""

from pathlib import Path

from isthmus.readers.glossary import glossary_page

if __name__ == "__main__":
    page = Path(__file__).resolve().parent.parent / "docs" / "reference" / "glossary.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(glossary_page(), encoding="utf-8")
