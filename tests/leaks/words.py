"""Words that stand nowhere by chance, and every shape in which one could lie on a disk."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

# Letters in scripts that names here are written in, each too odd to be met by accident.
STEMS = (
    "zorblequaff",
    "ᖃᓪᓗᖅᑎᓪᖅᓗ",
    "Ɂəʔœɮɬəx",
    "Щъфыжвабщ",
    "قظضغزفثذ",
    "龘靐齉爨鱻",
    "Éçzâïqûŵ",
)
# A birth date that no other day of the tests falls on, and a telephone number of nobody.
BORN = "2007-08-19"
PHONE = "905550198273"
SEEDS = (*STEMS, BORN, PHONE)


def said(most: int = 400) -> str:
    """A text that holds as many of the seeds as `most` letters allow, the first at least."""
    text = STEMS[0]
    for each in SEEDS[1:]:
        if len(text) + 1 + len(each) <= most:
            text = f"{text} {each}"
    return text[:most]


def _base64(plain: bytes) -> Iterator[bytes]:
    # Where a text begins within a longer one shifts its letters by one of three.
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        # The first letters hold what came before, and the last hold what comes after.
        cut = whole[4 if shift else 0 : len(whole) - 4]
        yield cut
        yield cut.replace(b"+", b"-").replace(b"/", b"_")


def shapes(seed: str) -> set[bytes]:
    """`seed` as it could lie in a file: by letter case, encoding and escaping."""
    found: set[bytes] = set()
    for text in {seed, seed.lower(), seed.upper(), seed.casefold()}:
        escaped = json.dumps(text).strip('"')
        plain = text.encode()
        found |= {
            plain,
            text.encode("utf-16-le"),
            text.encode("utf-16-be"),
            escaped.encode(),
            escaped.upper().replace("\\U", "\\u").encode(),
            quote(text).encode(),
            quote(text).lower().encode(),
            plain.hex().encode(),
            plain.hex().upper().encode(),
            "".join(f"&#{ord(letter)};" for letter in text).encode(),
            repr(plain)[2:-1].encode(),
            *_base64(plain),
        }
    return {each for each in found if len(each) >= 8}


# Every shape, once, longest first, with the seed it is of.
SHAPES = {shape: seed for seed in SEEDS for shape in shapes(seed)}


def leaks_in(held: bytes) -> set[str]:
    """The seeds that stand in `held` in any shape."""
    return {seed for shape, seed in SHAPES.items() if shape in held}


def leaks_on_disk(folders: Iterable[Path]) -> dict[str, set[str]]:
    """The seeds in every file under `folders`, and in its name: {path: seeds}."""
    found: dict[str, set[str]] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            held = path.read_bytes() if path.is_file() else b""
            if leaks := leaks_in(held) | leaks_in(str(path.relative_to(folder)).encode()):
                found[str(path.relative_to(folder))] = leaks
    return found
