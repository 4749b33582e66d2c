"""What a file may be to be kept. Pure: no Django, no file is opened here.

A file is known by its first bytes, never by its name or by what a browser says of it.
"""

import unicodedata
from enum import StrEnum
from typing import Literal

Media = Literal["pdf", "text"]

# Bytes that may stand in plain text beside letters: tab, line ends, form feed.
_SPACES = "\t\n\r\f"


class Refusal(StrEnum):
    """Why a file is not kept. The page says each in words, with what to do instead."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PICTURE = "picture"
    OTHER_KIND = "other_kind"
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_MUCH_INSIDE = "too_much_inside"
    NOTHING_LEFT = "nothing_left"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class Refused(ValueError):
    """The file is not kept, for `why`."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


# The first bytes of pictures and films, with where they stand.
_PICTURES: tuple[tuple[int, bytes], ...] = (
    (0, b"\xff\xd8\xff"),  # JPEG
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"GIF8"),
    (0, b"BM"),
    (0, b"II*\x00"),  # TIFF
    (0, b"MM\x00*"),
    (0, b"RIFF"),  # WebP, AVI
    (4, b"ftyp"),  # MP4, MOV, HEIC, AVIF
    (0, b"\x1aE\xdf\xa3"),  # WebM, Matroska
    (0, b"OggS"),
    (0, b"FLV"),
    (0, b"\x00\x00\x01\xba"),  # MPEG
)
# Text that a browser or a word processor would run or lay out rather than show.
_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "{\\rtf", "%!ps")


def media_of(data: bytes, most: int) -> Media:
    """What these bytes are. `most` is the greatest size in bytes.

    Raises Refused with EMPTY, TOO_LARGE, PICTURE or OTHER_KIND.
    """
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > most:
        raise Refused(Refusal.TOO_LARGE)
    if any(data[at : at + len(mark)] == mark for at, mark in _PICTURES):
        raise Refused(Refusal.PICTURE)
    if data.startswith(b"%PDF-"):
        return "pdf"
    plain_text(data)
    return "text"


def plain_text(data: bytes) -> str:
    """The text these bytes are, in UTF-8 and NFC, with `\\n` at the end of lines.

    Raises Refused with OTHER_KIND for anything that is not plain text: markup is not, and neither
    is text that hides the order it is read in.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused(Refusal.OTHER_KIND) from fault
    if text.lstrip().lower().startswith(_MARKUP):
        raise Refused(Refusal.OTHER_KIND)
    if any(_hidden(letter) for letter in text):
        raise Refused(Refusal.OTHER_KIND)
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _hidden(letter: str) -> bool:
    """A control character, or one that turns the reading order of what follows."""
    if letter in _SPACES:
        return False
    kind = unicodedata.category(letter)
    return kind == "Cc" or unicodedata.bidirectional(letter) in {"RLO", "LRO", "RLE", "LRE", "PDF"}
