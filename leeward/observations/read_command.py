"""`leeward read [RECORD.json] [--json] [--lang fr]`: read a record, print what it supports."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from leeward.observations.in_words import say
from leeward.observations.rules import rules_of, with_law
from leeward.practice_model.loader import UnknownModelError, builtin_model, builtin_versions
from leeward.practice_model.model import Model
from leeward.practice_model.reading import read_record
from leeward.practice_model.record import RecordFault, parse_record


class _Unreadable(Exception):
    """The record cannot be opened, or is not JSON."""


def main(argv: Sequence[str]) -> int:
    """Run with the words after `leeward read`; return the exit status.

    0: the reading is on standard output. 2: a line on standard error says what is wrong, with the
    JSON path where it is the record, and nothing is on standard output.
    """
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        text = _answer(_parse(_read(options.record)), options)
    except (_Unreadable, RecordFault) as error:
        sys.stderr.write(f"leeward read: {error}\n")
        return 2
    sys.stdout.write(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leeward read",
        description="Read one record and print what its notes support, and what they ask for.",
        epilog="Exit status: 0 read, 2 the record is wrong or cannot be read.",
    )
    parser.add_argument(
        "record",
        metavar="RECORD.json",
        nargs="?",
        default="-",
        help="a record, or - (or nothing) for standard input",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of plain words")
    parser.add_argument(
        "--rules",
        action="store_true",
        help="with --json: add every row of the law that applies, with its id and source",
    )
    parser.add_argument("--lang", choices=("en", "fr"), default="en", help="language of the words")
    return parser


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise _Unreadable(f"{name}: {error.strerror or error}") from error
    except ValueError as error:  # a name no file can have
        raise _Unreadable(f"{name!r}: {error}") from error


def _parse(raw: bytes) -> object:
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
        )
    except RecursionError as error:
        raise _Unreadable("not JSON: too deep") from error
    except ValueError as error:  # bad UTF-8 and bad JSON alike
        raise _Unreadable(f"not JSON: {error}") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key given twice would silently lose the first: in a record that is somebody's note."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Unreadable(f"{next(key for key in keys if keys.count(key) > 1)}: given twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise _Unreadable(f"not JSON: {name}")


def _answer(given: object, options: argparse.Namespace) -> str:
    model = _model(given)
    record = parse_record(given, model)
    reading = read_record(record, model)
    if options.json:
        found = with_law(reading, record)
        if options.rules:
            # Asked for by name: whoever reads the shape of old meets no key more.
            found["rules"] = rules_of(record)
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return say(reading, record, model, options.lang)


def _model(given: object) -> Model:
    """The model the record names. One that names none is checked, and refused, by the parser."""
    version = given.get("model") if isinstance(given, dict) else None
    if not isinstance(version, str):
        return builtin_model(builtin_versions()[-1])
    try:
        return builtin_model(version)
    except UnknownModelError as error:
        raise RecordFault("model", f"unknown model {version!r}") from error
