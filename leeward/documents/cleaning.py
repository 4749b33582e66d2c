"""Makes a clean copy of a PDF: `clean` here, and the program that runs it apart from Leeward.

Whoever sends the bytes chooses them, and a parser may have faults, so the parsing happens in a
process of its own that has little memory, little time, and nothing of ours in it. Bytes go in and
out by pipes; nothing is written anywhere. Run as a program, this file imports nothing of Leeward.

Taken out: pictures, scripts, actions, attached files, films, forms, and everything that says who
wrote it, where and when.
"""

import contextlib
import io
import json
import re
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

MOST_OBJECTS = 20_000
MOST_PAGES = 500
# All streams of a file together, taken apart, in bytes.
MOST_INSIDE = 64 * 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n")
# Keys that act, attach, show who wrote it, or hold another picture of the page.
_AWAY = tuple(
    Name(f"/{each}")
    for each in (
        "AA A OpenAction JS JavaScript EmbeddedFiles AF Metadata PieceInfo Thumb XFA AcroForm"
        " Collection RichMediaContent Movie Sound URI Launch LastModified Names Alternates"
        " Associated SeparationInfo Threads SpiderInfo Perms Legal OCProperties".split()
    )
)
# Under these keys lies a list of things by names of the file's own, of which `A` may be one.
_BY_NAME = frozenset(
    "/Font /XObject /ExtGState /ColorSpace /Pattern /Shading /Properties /CharProcs".split()
)
_NOTES_KEPT = frozenset({"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Line"})


class CannotClean(Exception):
    """Why there is no clean copy: `locked`, `broken`, `too_much_inside` or `nothing_left`."""


def clean(data: bytes) -> tuple[bytes, int]:
    """A clean copy of a PDF, and how many pictures were taken out of it. Raises CannotClean."""
    _refuse_bombs(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as found:
            return _rewritten(found)
    except pikepdf.PasswordError as fault:
        raise CannotClean("locked") from fault
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, MemoryError) as fault:
        raise CannotClean("broken") from fault


def _refuse_bombs(data: bytes) -> None:
    """Take every compressed stream apart, up to a limit, before a parser does without one."""
    inside = 0
    for start in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        with contextlib.suppress(zlib.error):  # not compressed this way, or not a stream at all
            inside += len(unpacker.decompress(data[start.end() :], MOST_INSIDE + 1 - inside))
        if inside > MOST_INSIDE:
            raise CannotClean("too_much_inside")


def _rewritten(found: pikepdf.Pdf) -> tuple[bytes, int]:
    if found.is_encrypted:
        raise CannotClean("locked")
    if len(found.objects) > MOST_OBJECTS or len(found.pages) > MOST_PAGES:
        raise CannotClean("too_much_inside")
    pictures = sum(_cleaned(each) for each in _everything(found))
    for page in found.pages:
        _keep_plain_notes(page.obj)
    pictures += sum(_without_inline_pictures(found, place) for place in _drawings(found))
    for key in set(found.trailer.keys()) - {"/Root", "/Size"}:
        del found.trailer[key]
    if not _says_something(found):
        raise CannotClean("nothing_left")
    out = io.BytesIO()
    found.remove_unreferenced_resources()
    found.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue(), pictures


def _is_stream(each: Any) -> bool:
    return isinstance(each, pikepdf.Stream)


def _everything(found: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream, those too that lie inside another and are no objects of their
    own. What is inside is looked at after what is around it: what was taken out is not."""
    for each in list(found.objects):
        inside = [(each, False)]
        while inside:
            held, by_name = inside.pop()
            if isinstance(held, pikepdf.Array):
                inside += [(one, False) for one in held if _is_within(one)]
            elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
                if not by_name:
                    yield held
                of_it = [(key, held[key]) for key in held.keys()]  # noqa: SIM118
                inside += [(one, key in _BY_NAME) for key, one in of_it if _is_within(one)]


def _is_within(one: Any) -> bool:
    return isinstance(one, pikepdf.Array | pikepdf.Dictionary) and not one.is_indirect


def _drawings(found: pikepdf.Pdf) -> list[Any]:
    """Everything that draws: pages, the forms and patterns that they draw with, and letters of
    typefaces that are drawings."""
    places: list[Any] = [page.obj for page in found.pages]
    for each in _everything(found):
        if _is_stream(each):
            if each.get(Name.Subtype) == Name.Form or Name.PatternType in each:
                places.append(each)
        elif each.get(Name.Subtype) == Name.Type3:
            letters = each.get(Name.CharProcs, {})
            places += [letters[key] for key in letters.keys()]  # noqa: SIM118  # no mapping
    return places


def _cleaned(each: Any) -> int:
    """Take out of one object what acts or tells. Returns 1 when it was a picture, now blank."""
    for key in _AWAY:
        if key in each:
            del each[key]
    if _is_stream(each) and each.get(Name.Subtype) == Name.Image:
        return _blanked(each)
    return 0


def _blanked(picture: Any) -> int:
    for key in list(picture.keys()):
        if key not in {"/Type", "/Subtype", "/Length"}:
            del picture[key]
    picture.Width = picture.Height = 1
    picture.ColorSpace = Name.DeviceGray
    picture.BitsPerComponent = 8
    picture.write(b"\xff")
    return 1


def _without_inline_pictures(found: pikepdf.Pdf, holder: Any) -> int:
    steps = list(pikepdf.parse_content_stream(holder))
    kept = [step for step in steps if not isinstance(step, pikepdf.ContentStreamInlineImage)]
    if len(kept) == len(steps):
        return 0
    new = pikepdf.unparse_content_stream(kept)
    if _is_stream(holder):
        holder.write(new)
    else:
        holder.Contents = found.make_stream(new)
    return len(steps) - len(kept)


def _keep_plain_notes(page: Any) -> None:
    """Of a page's notes keep those that are words or lines; no files, films, links or fields."""
    notes = page.get(Name.Annots)
    if notes is None:
        return
    kept = [each for each in notes if str(each.get(Name.Subtype)) in _NOTES_KEPT]
    for each in kept:
        for key in (Name.T, Name.NM, Name.M, Name.CreationDate, Name.Parent):
            if key in each:
                del each[key]
    page.Annots = pikepdf.Array(kept)


def _says_something(found: pikepdf.Pdf) -> bool:
    """Whether any page still draws something when its pictures are gone."""
    draws = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"}
    places: list[Any] = [page.obj for page in found.pages]
    places += [
        each for each in found.objects if _is_stream(each) and each.get(Name.Subtype) == Name.Form
    ]
    return any(
        str(step.operator) in draws
        for place in places
        for step in pikepdf.parse_content_stream(place)
    )


def main() -> int:
    """Read a PDF from standard input; write a line of JSON, then the clean copy if any."""
    try:
        copy, pictures = clean(sys.stdin.buffer.read())
        told: dict[str, Any] = {"pictures": pictures}
    except CannotClean as fault:
        copy, told = b"", {"refused": str(fault)}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + copy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
