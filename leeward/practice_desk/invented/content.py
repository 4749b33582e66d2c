"""The words of the invented people, from the files in `content/`."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

FOLDER = resources.files("leeward.practice_desk.invented") / "content"


@cache
def texts(name: str) -> Mapping[str, Any]:
    """A TOML file of sentences, such as `texts("signs")`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file as rows, such as `rows("workers")`."""
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def said(name: str, part: str, language: str, key: str = "") -> Sequence[str]:
    """The ways to say one thing in `en` or `fr`: `said("signs", ID, "fr", "explained")`.

    Empty when nobody has written any.
    """
    found: Any = texts(name)
    for step in part.split("."):
        found = found.get(step, {})
    ways: Sequence[str] = found.get(f"{key}_{language}" if key else language, ())
    return ways


def lines(name: str, language: str, key: str) -> Sequence[str]:
    """The lines under a heading of a file kept language by language: `lines("plans", "fr", …)`."""
    found: Sequence[str] = texts(name)[language][key]
    return found
