"""Structured damage: what a cut download, a slip of the pen, another program or a hostile hand makes of a file."""

import random
from collections.abc import Callable

ODD = (
    *(
        "",
        " ",
        "0,152",
        "1,5",
        "inf",
        "-inf",
        "nan",
        "NaN",
        "1e999",
        "-1",
        "-0",
        "9" * 400,
        "1_000",
        "0x1A",
        "٣",
        "true",
        "*",
        "goods",
    ),
    *(
        "=1+1",
        "@x",
        "'",
        '"',
        "a\nb",
        "a\rb",
        "\0",
        "\ufeff",
        "\u202e",
        "中文",
        "é" * 300,
        "x" * 140_000,
        "{}",
        "[]",
        "%PDF-1.7",
    ),
)
"""What stands where something else is expected."""


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file's content with one to three kinds of damage."""
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(_WAYS)(content, chance)
    return content


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flip(content: bytes, chance: random.Random) -> bytes:
    held = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if held:
            held[chance.randrange(len(held))] = chance.randrange(256)
    return bytes(held)


def _double(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] + content[end:]


def _drop(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randint(1, 40) :]


def _odd_word(content: bytes, chance: random.Random) -> bytes:
    """Put something odd in the place of one cell, word or value."""
    marks = [i for i, byte in enumerate(content) if byte in b",;\n=\"' "]
    if not marks:
        return content
    at = chance.randrange(len(marks))
    end = marks[at + 1] if at + 1 < len(marks) else len(content)
    return content[: marks[at] + 1] + chance.choice(ODD).encode() + content[end:]


def _lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    way: Callable[[], list[bytes]] = chance.choice(
        (
            lambda: [*lines, lines[at]],
            lambda: lines[:at] + lines[at + 1 :],
            lambda: [line + b",x" if i == at else line for i, line in enumerate(lines)],
            lambda: chance.sample(lines, len(lines)),
        )
    )
    return b"\n".join(way())


def _recode(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(("utf-16", "cp1251", "gb18030", "utf-8-sig", "latin-1"))
    ends = chance.choice(("\n", "\r", "\r\n"))
    return text.replace("\n", ends).encode(encoding, "replace")


_WAYS = (_cut, _flip, _double, _drop, _odd_word, _odd_word, _odd_word, _lines, _lines, _recode)
