"""Name the words of the alignment glossary without which nothing is read otherwise, and delete them where asked.

python tools/needed_words.py FOLDER... [--write]

The folders hold plans as LANG…txt (those of tests/data/real_documents and tests/data/alignment_real). A word is needed if some
clause of a plan, or of what tools/witnesses.py reads in the repository, would show other objects, measures or cues without it and
without the words that went before it: of words that stand for each other the one that most clauses hold stays. The plain name of
an entry in a language (witness `name`) stays, and so does its shortest word where none is needed.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from isthmus.alignment.glossary import Concept, Glossary
from witnesses import ALIGNMENT, LANGUAGES, NAME, Row, rows, sentences, write

Word = tuple[str, str, str, str]
"""Class, key, language and form."""


def clauses(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield language and clauses of the plans in some folders, and of everything in the repository that words are needed for."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.txt")) if path.name[:2] in LANGUAGES):
        ends = r"[。；，;!?\n]" if path.name.startswith("zh") else r"[;!?\n]|(?<=[a-zа-я])\.\s"
        yield from ((path.name[:2], part) for part in re.split(ends, path.read_text("utf-8", "replace")))
    yield from ((lang, text) for _, lang, text in sentences())


def single(words: Iterable[Word]) -> Glossary:
    """Return a glossary of words, each an entry of its own that is named by its class, key and form."""
    return Glossary(objects={"\t".join(word): Concept("", "", {word[2]: (word[3],)}) for word in words})


def supports(lang: str, text: str, words: Glossary) -> Iterator[set[Word]]:
    """Yield sets of words of which one has to stay for a text to be read as it is."""
    spans = [(tuple(entry.split("\t")), start, end) for (_, entry), start, end in words.finders[lang].spans(text)]
    seen, hidden = defaultdict[tuple[str, ...], set[Word]](set), []
    for word, start, end in spans:
        over = {
            other
            for other, left, right in spans
            if left <= start and end <= right and right - left > end - start
            if other[0] == word[0] and other[1] != word[1]
        }
        if over:
            hidden.append((word, over))
        else:
            seen[word[:2]].add(word)
    yield from seen.values()
    yield from (over for word, over in hidden if word[:2] not in seen)


def needed(words: Iterable[Word], texts: Iterable[tuple[str, str]]) -> set[Word]:
    """Return the words that some text needs, fewest."""
    glossary = single(words)
    wanted = [
        s for lang, text in dict.fromkeys(texts) if lang in glossary.finders for s in supports(lang, text, glossary)
    ]
    held = defaultdict[Word, list[set[Word]]](list)
    for one in wanted:
        for word in one:
            held[word].append(one)
    often, stay = Counter({word: len(sets) for word, sets in held.items()}), set()
    for word in sorted(held, key=lambda word: (often[word], -len(word[3]), word)):
        if all(len(one) > 1 for one in held[word]):
            for one in held[word]:
                one.discard(word)
        else:
            stay.add(word)
    return stay


def word_of(row: Row) -> Word:
    """Return the word of a row."""
    return row["class"], row["key"], row["lang"], row["form"]


def main() -> None:
    """Print the idle words; delete them where asked."""
    table = rows(ALIGNMENT / "glossary.csv")
    listed = [row for row in table if row["key"]]
    stay = needed(map(word_of, listed), clauses(Path(word) for word in sys.argv[1:] if not word.startswith("--")))
    stay |= {word_of(row) for row in listed if row["witness"] == NAME}
    left = {word[:3] for word in stay}
    for row in sorted(listed, key=lambda row: len(row["form"])):
        if word_of(row)[:3] not in left:
            left.add(word_of(row)[:3])
            stay.add(word_of(row))
    idle = [row for row in listed if word_of(row) not in stay]
    print(f"{len(table)} words, {len(idle)} idle", *(row["form"] for row in idle[:20]), sep="\n  ")
    if "--write" in sys.argv:
        write(ALIGNMENT / "glossary.csv", [row for row in table if row not in idle])


if __name__ == "__main__":
    main()
