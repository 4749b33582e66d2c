"""Load a practice model from TOML, or say everything that is wrong with it at once."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, cast

from leeward.practice_model.model import ROLES, Model
from leeward.practice_model.shapes import (
    HEAD,
    LISTS,
    REQUIRED_LISTS,
    SETTINGS,
    Fault,
    Place,
    Shape,
    check_list,
    check_table,
    named,
)

_CONTENT = Path(__file__).parent / "content"
_TABLES: dict[str, Shape] = {"model": HEAD, "reading": SETTINGS}
# Which list each reference of an indicator points into.
_REFERENCES = {"stage": "stages", "thread": "threads", "kind": "kinds"}


class ModelUnreadable(Exception):
    """The file or folder is not there, cannot be opened, or is not TOML."""


class ModelFaults(Exception):
    """The content can be read and is wrong; `faults` holds every fault, by file and key."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownModelError(LookupError):
    """No model of that version is shipped."""


class _Part(NamedTuple):
    """One top-level section as one file gives it."""

    place: Place
    value: object


def builtin_versions() -> tuple[str, ...]:
    """Versions of the models shipped with Leeward, oldest first."""
    return tuple(sorted(path.stem for path in _CONTENT.iterdir() if _is_content(path)))


@cache
def builtin_model(version: str = "2020") -> Model:
    """Return a shipped model; raise UnknownModelError when there is none of that version."""
    if version not in builtin_versions():
        raise UnknownModelError(version)
    folder = _CONTENT / version
    return load_model(folder if folder.is_dir() else folder.with_suffix(".toml"))


def load_model(path: Path | str) -> Model:
    """Load a model from one TOML file or a folder of them.

    Lists of the same name in two files are joined in file order. Raises ModelUnreadable when it
    cannot be read at all, and ModelFaults with every fault, by file and key, when it is wrong.
    """
    faults: list[Fault] = []
    parts = _parts(Path(path), faults)
    root = Place(Path(path).name, "", faults)
    tables = {name: _table(name, shape, parts, root) for name, shape in _TABLES.items()}
    lists = {name: _joined(name, shape, parts, root) for name, shape in LISTS.items()}
    _check_settings(parts, root)
    _check_roles(parts, root)
    _check_references(parts)
    if faults:
        raise ModelFaults(faults)
    head = cast("dict[str, object]", tables["model"])
    found = {
        name: _by_id(lists[name]) if name in REQUIRED_LISTS else lists[name] for name in LISTS
    }
    return Model(**head, settings=tables["reading"], **found)  # type: ignore[arg-type] # shapes did


def _by_id(entries: tuple[object, ...]) -> Mapping[str, object]:
    return MappingProxyType({entry.id: entry for entry in entries})  # type: ignore[attr-defined]


def _is_content(path: Path) -> bool:
    return path.is_dir() or path.suffix == ".toml"


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.toml"))
    if not files:
        raise ModelUnreadable(f"{path}: no .toml file in this folder")
    return files


def _parts(path: Path, faults: list[Fault]) -> dict[str, list[_Part]]:
    """Read every file; return its sections by name. An unknown section is a fault."""
    parts: dict[str, list[_Part]] = {}
    for file in _files(path):
        for name, value in _parse(file).items():
            place = Place(file.name, name, faults)
            if name in LISTS or name in _TABLES:
                parts.setdefault(name, []).append(_Part(place, value))
            else:
                place.fault("unknown key")
    return parts


def _parse(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelUnreadable(f"{file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelUnreadable(f"{file}: not TOML: {error}") from error


def _table(name: str, shape: Shape, parts: dict[str, list[_Part]], root: Place) -> object:
    given = parts.get(name, [])
    if not given:
        root.at(name).fault("missing")
        return None
    for again in given[1:]:
        again.place.fault(f"already given in {given[0].place.file}")
    return check_table(shape, given[0].value, given[0].place)


def _joined(
    name: str, shape: Shape, parts: dict[str, list[_Part]], root: Place
) -> tuple[object, ...]:
    """Check a list that one or more files give, and that its ids differ across all of them."""
    given = parts.get(name, [])
    if name in REQUIRED_LISTS and not any(part.value for part in given):
        root.at(name).fault("missing")
    seen: set[str] = set()
    for place, value in _entries(given):
        _check_repeats(place, value, seen)
    return tuple(one for part in given for one in check_list(shape, part.value, part.place))


def _entries(given: list[_Part]) -> Iterator[tuple[Place, dict[str, object]]]:
    """Every table of a list, with its place, whatever else is wrong with it."""
    for part in given:
        for index, value in enumerate(part.value if isinstance(part.value, list) else []):
            if isinstance(value, dict):
                yield named(part.place, value, index), value


def _check_repeats(place: Place, value: dict[str, object], seen: set[str]) -> None:
    """Report an id given twice, also among the points of an approach."""
    name = value.get("id")
    if isinstance(name, str):
        if name in seen:
            place.at("id").fault(f"duplicate id {name!r}")
        seen.add(name)
    points = value.get("points")
    inner: set[str] = set()
    for point_place, point in _entries([_Part(place.at("points"), points)]):
        _check_repeats(point_place, point, inner)


def _check_settings(parts: dict[str, list[_Part]], root: Place) -> None:
    """The three levels of evidence must climb."""
    for part in parts.get("reading", [])[:1]:
        value = part.value if isinstance(part.value, dict) else {}
        steps = [value.get(f"threads_{level}") for level in ("limited", "some", "strong")]
        whole = [step for step in steps if isinstance(step, int)]
        if whole != sorted(set(whole)):
            part.place.at("threads_some").fault("limited, some and strong must climb")


def _check_roles(parts: dict[str, list[_Part]], root: Place) -> None:
    """Each of the three lists that stay apart needs its heading."""
    given = {value.get("id") for _, value in _entries(parts.get("roles", []))}
    for role in ROLES:
        if parts.get("roles") and role not in given:
            root.at(f"roles.{role}").fault("missing")


def _check_references(parts: dict[str, list[_Part]]) -> None:
    """Report an indicator that points at a stage, thread or kind the model does not have."""
    known = {
        name: {value.get("id") for _, value in _entries(parts.get(name, []))}
        for name in _REFERENCES.values()
    }
    for place, value in _entries(parts.get("indicators", [])):
        for key, into in _REFERENCES.items():
            name = value.get(key)
            if isinstance(name, str) and name not in known[into]:
                place.at(key).fault(f"unknown {key} {name!r}")
