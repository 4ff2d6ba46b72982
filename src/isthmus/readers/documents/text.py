"""The encoding of a text: what its first bytes say, UTF-8, or the legacy encoding whose reading looks like a language."""

import codecs
import re
import unicodedata

from isthmus.core.errors import BadInputError

READ_ENCODINGS = "UTF-8, UTF-16, UTF-32, GB18030, Big5, CP1251, KOI8-R, CP866, ISO-8859-5, MacCyrillic or CP1252"

_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32 begins like that of UTF-16 and is looked for first."""
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_NO_TEXT = ("Cc", "Cn", "Cs")
"""Categories of characters that no text has, but for ends of lines and tabs; word processors use private ones as bullets."""
_MAC_LETTER = re.compile(rb"[\xe0-\xfe]\xdf")
"""The last letter of the alphabet, small and behind another, as MacCyrillic has it; CP1251 has its capital there."""
_LEGACY = ["gb18030", "big5", "cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252"]
_MOST_MESS = 0.1
"""Share of improbable characters from which a reading is no language; Korean read as Chinese has 0.14."""
HEAD_BYTES = 2048
_SAMPLE = 200_000
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes that CP1252 does not define."""


def decode(raw: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Return the text of a file's bytes and the encoding it was recognised in.

    Parameters
    ----------
    raw
        The bytes.
    name
        Name of the file, for the message.
    declared
        Encoding that the file itself states; it is believed when the bytes are not UTF-8 and can be read in it.

    Raises
    ------
    BadInputError
        When no reading looks like Chinese, Russian or English.
    """
    marked = wide_encoding(raw)
    try:
        if marked:
            return raw.decode(marked), marked
        return raw.decode("utf-8-sig"), "utf-8 with BOM" if raw.startswith(codecs.BOM_UTF8) else "utf-8"
    except UnicodeError as error:
        if marked:
            raise _unknown(name, f"is not readable as {marked.upper()} ({getattr(error, 'reason', error)})") from error
    if not declared and _is_western(raw):
        return raw.decode("cp1252", errors="replace"), "cp1252 with stray bytes"
    for encoding in filter(None, (declared, _recognised(raw))):
        try:
            return raw.decode(encoding), encoding.replace("_", "-")
        except (UnicodeError, LookupError):
            continue
    raise _unknown(name, "encoding not recognised: no reading of it looks like Chinese, Russian or English")


def wide_encoding(raw: bytes) -> str:
    """Return the encoding of two or four bytes a character that a text is in, by its mark or its beginning; else ""."""
    marked = next((encoding for mark, encoding in _MARKED if raw.startswith(mark)), "")
    return marked or next((encoding for encoding in _WIDE if _reads_as(raw[:HEAD_BYTES], encoding)), "")


def _reads_as(head: bytes, encoding: str) -> bool:
    """Say whether first bytes are those of a text in an encoding: words or lines apart, and nothing that no text has."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeError:
        return False
    plain = (c in "\t\n\r\f" or unicodedata.category(c) not in _NO_TEXT for c in text)
    return (" " in text or "\n" in text) and all(plain)


def _is_mac(raw: bytes) -> bool:
    """Say whether bytes are Cyrillic letters as MacCyrillic has them; small ones stand where CP1251 has them, but for one."""
    high = [byte for byte in raw[:_SAMPLE] if byte >= 0x80]
    small = sum(byte >= 0xDF for byte in high)
    return 0.8 * len(high) < small and len(_MAC_LETTER.findall(raw[:_SAMPLE])) > raw[:_SAMPLE].count(0xFF)


def _is_western(raw: bytes) -> bool:
    """Say whether bytes are CP1252 with some that it does not define, as old files of word processors have them."""
    stray = sum(raw.count(bytes([byte])) for byte in _UNDEFINED)
    high = sum(byte >= 0x80 for byte in raw[:_SAMPLE])
    letters = sum(chr(byte).isalpha() for byte in raw[:_SAMPLE] if byte < 0x80)
    return (
        0 < stray <= max(3, 0.001 * len(raw))
        and high < 0.05 * len(raw[:_SAMPLE])
        and letters > 0.5 * len(raw[:_SAMPLE])
    )


def _recognised(raw: bytes) -> str:
    """Return the legacy encoding in which the beginning of a text reads best, "" where none reads well."""
    from charset_normalizer import from_bytes

    if _is_mac(raw):
        return "mac_cyrillic"
    found = from_bytes(raw[:_SAMPLE], cp_isolation=_LEGACY, threshold=_MOST_MESS).best()
    return found.encoding if found is not None else ""


def _unknown(name: str, problem: str) -> BadInputError:
    return BadInputError(name, problem, allowed=READ_ENCODINGS, remedy="save it as UTF-8")
