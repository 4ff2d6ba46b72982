"""Words that a file keeps divided within its lines."""

from isthmus.plans.document import Document, DocumentBlock
from isthmus.readers.documents.divided import with_whole_words


def document(*texts: str) -> Document:
    return Document("r.txt", None, tuple(DocumentBlock("paragraph", text) for text in texts))


def test_a_divided_word_is_joined_where_the_document_has_it_whole() -> None:
    found = with_whole_words(
        document("Cut emis- sions of farms by 5%, com- pared to 1990.", "Emissions fall, compared with 2020.")
    )
    assert found.blocks[0].text == "Cut emissions of farms by 5%, compared to 1990."
    assert found.notes == ("2 divided words joined",)


def test_cells_are_joined_too() -> None:
    table = DocumentBlock("table", "", rows=(("Выбро- сы парниковых газов", "12"), ("Выбросы", "13")))
    assert with_whole_words(Document("r.txt", None, (table,))).blocks[0].rows[0][0] == "Выбросы парниковых газов"


def test_words_that_share_their_end_and_unknown_words_stay() -> None:
    given = document("Support short- and long-term plans of Trans- Avala, and re- wet bogs.", "Shortand is no word.")
    assert with_whole_words(document("Support short- and long-term plans, and re- wet bogs.")).notes == ()
    assert "Trans- Avala" in with_whole_words(given).blocks[0].text
