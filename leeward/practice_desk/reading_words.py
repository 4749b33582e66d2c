"""The reading in plain words: what Leeward arranged, never what it decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leeward.observations.queries import current_model
from leeward.practice_desk.drawing import language, stage_name
from leeward.practice_model.history import DatedFinding

History = Mapping[str, tuple[DatedFinding, ...]]


@dataclass(frozen=True)
class SignWords:
    """One sign that speaks for a stage, with its dates and the notes behind it."""

    wording: str
    days: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class StageWords:
    """One stage that the evidence supports."""

    name: str
    evidence: str
    speaks_for: tuple[SignWords, ...]
    against: tuple[SignWords, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class ReadingWords:
    """The whole reading. `stages` may be empty: not enough to name a stage."""

    as_of: str
    version: str
    stages: tuple[StageWords, ...]
    not_supported: tuple[str, ...]
    faded: tuple[SignWords, ...]
    unknown_threads: tuple[str, ...]
    enough: bool


def reading_in_words(reading: dict[str, Any] | None, history: History) -> ReadingWords | None:
    """The reading a page shows; None stays None: this worker gives an own opinion first."""
    if reading is None:
        return None
    stages = current_model().stages
    supported = [each["stage"] for each in reading["supported"]]
    return ReadingWords(
        as_of=reading["as_of"],
        version=reading["model"],
        stages=tuple(_stage(each, history) for each in reading["supported"]),
        not_supported=tuple(stage_name(each) for each in stages if each not in supported),
        faded=_signs(history, set(reading["faded"]), lambda each: each.faded),
        unknown_threads=_threads(reading["unknown_threads"]),
        enough=reading["enough"],
    )


def _evidence(word: str) -> str:
    return {
        "limited": _("limited evidence: two threads"),
        "some": _("some evidence: three threads"),
        "strong": _("strong evidence: four or more threads, from more than one source"),
    }[word]


def _stage(found: dict[str, Any], history: History) -> StageWords:
    stage = found["stage"]
    return StageWords(
        name=stage_name(stage),
        evidence=_evidence(found["evidence"]),
        speaks_for=_signs(
            history,
            set(found["for"]),
            lambda each: each.finding == "present" and not each.explained and not each.faded,
            stage,
        ),
        against=_signs(history, set(found["against"]), lambda each: not each.explained),
        unknown=_threads(found["unknown"]),
    )


def _threads(ids: list[str]) -> tuple[str, ...]:
    threads = current_model().threads
    return tuple(threads[each].name.in_language(language()) for each in ids)


def _signs(
    history: History, notes: set[str], wanted: Any, stage: str = ""
) -> tuple[SignWords, ...]:
    """Signs whose findings stand in these notes, oldest finding first within each."""
    indicators = current_model().indicators
    found = []
    for name, findings in history.items():
        if stage and indicators[name].stage != stage:
            continue
        rows = [
            each
            for each in findings
            if each.observation in notes and not each.corrected and wanted(each)
        ]
        if rows:
            wording = indicators[name].working.in_language(language())
            found.append(
                SignWords(
                    _with_absence(wording, rows),
                    tuple(dict.fromkeys(each.latest.isoformat() for each in rows)),
                    tuple(dict.fromkeys(each.observation for each in rows)),
                )
            )
    return tuple(found)


def _with_absence(wording: str, rows: list[DatedFinding]) -> str:
    if all(each.finding == "absent" for each in rows):
        return _("looked for, not there: %(sign)s") % {"sign": wording}
    return wording
