"""Notes of invented workers: concerns and good days, corrections, explanations, pins."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

from leeward.accounts.models import Worker
from leeward.observations.models import Explanation, Observation, Pin
from leeward.observations.queries import current_model
from leeward.practice_desk.invented.content import lines
from leeward.practice_desk.invented.duties import harm_of, open_duties
from leeward.practice_desk.invented.lives import QUIET, habits
from leeward.practice_desk.invented.writers import Writer
from leeward.practice_model.model import HARM, MOVEMENT_AWAY, VULNERABILITY, Sign

SOURCES = (("seen", 45), ("youth", 30), ("other", 17), ("document", 8))
PARTS = ("morning", "afternoon", "evening", "night")
MOST_NOTES = 70
# More good news than this would crowd the picture of the way.
MOST_GOOD_NEWS = 7

Findings = dict[str, str]


@cache
def signs_of(role: str) -> tuple[Sign, ...]:
    """The recordable signs of the stages of a role."""
    signs = current_model().signs.values()
    return tuple(sign for sign in signs if sign.recordable and sign.role == role)


@cache
def signs_at(stage: str) -> tuple[Sign, ...]:
    """The recordable signs of a stage."""
    signs = current_model().signs.values()
    return tuple(sign for sign in signs if sign.recordable and sign.indicator.stage == stage)


def role_of(stage: str) -> str:
    """The role of a stage; empty for a quiet time."""
    return "" if stage == QUIET else current_model().stages[stage].role


class NoteBook:
    """Draws the notes of one file, day by day."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.chance = writer.chance
        self.file = writer.file
        threads = list(current_model().threads)
        # What nobody has asked this person about: unknown is not absent.
        count = self.chance.weighted([(0, 20), (1, 35), (2, 30), (3, 15)])
        self.unasked = frozenset(self.chance.some(threads, count))
        self.told: set[str] = set()

    def fill(self, *, harm_on_last_day: bool = False) -> None:
        """Draw every note from the day the file was opened to the last."""
        life = self.writer.life
        day = life.opened
        while day <= life.last and len(self.file.observations) < MOST_NOTES:
            self._note(day)
            day += dt.timedelta(days=self.chance.gap(habits(life.stage_on(day)).note_every))
        if harm_on_last_day:
            self._concern(life.last, self.writer.place.keeper, harm=True)
        self._corrections()
        self._explanations()
        self._pins()

    def _note(self, day: dt.date) -> None:
        stage = self.writer.life.stage_on(day)
        by = self.writer.someone(day)
        if self.writer.life.missing_on(day):
            self._write(day, by, self._ordinary_while_missing(by), source="other")
        elif self.chance.happens(habits(stage).hopeful):
            self._hopeful(day, by, stage)
        elif self.chance.happens(15) or stage == QUIET:
            self._write(day, by, self.writer.line("moments", by.language, "ordinary"))
        else:
            self._concern(day, by, harm=self.chance.happens(habits(stage).harm))

    def _ordinary_while_missing(self, by: Worker) -> str:
        return self.writer.line("moments", by.language, "tried")

    def _hopeful(self, day: dt.date, by: Worker, stage: str) -> None:
        line = self.writer.line
        away = role_of(stage) == MOVEMENT_AWAY
        findings: Findings = {}
        if self.chance.happens(75 if away else 8):
            findings = dict.fromkeys(self._pick(signs_of(MOVEMENT_AWAY)), "present")
        text = self._text(findings, by.language)
        news = ""
        if len(self.told) < MOST_GOOD_NEWS and self.chance.happens(45):
            news = self.chance.one(
                [one for one in lines("moments", by.language, "good_news") if one not in self.told]
            )
            self.told.add(news)
            # Good news alone is a line of its own; with more to tell it stands in a note.
            text = text or (
                line("moments", by.language, "good_text") if self.chance.happens(40) else ""
            )
        self._write(
            day,
            by,
            text or (line("moments", by.language, "ordinary") if not news else ""),
            findings=findings,
            good_news=news,
        )

    def _concern(self, day: dt.date, by: Worker, *, harm: bool) -> None:
        stage = self.writer.life.stage_on(day)
        findings = self._findings(stage)
        answer = harm_of(self.writer, harm)
        text = self._text(findings, by.language)
        if answer:
            about = answer["about"]
            if about == "another_child":
                # Signs of another child do not belong in this file.
                findings, text = {}, ""
            part = f"{'self' if about == 'self' else 'another'}.{answer['level']}"
            text = f"{text} {self.writer.say('harm', part, by.language)}".strip()
        if not text:
            text = self.writer.line("moments", by.language, "ordinary")
        note = self._write(day, by, text, findings=findings, harm=answer)
        if answer:
            open_duties(self.writer, note, by, day)

    def _findings(self, stage: str) -> Findings:
        """What is found when somebody looks, at a stage of the path beneath."""
        role = role_of(stage)
        if role == MOVEMENT_AWAY:
            looked, odds = signs_of(HARM), (("present", 22), ("absent", 60), ("unsure", 18))
        elif role == HARM and self.chance.happens(82):
            looked, odds = signs_at(stage), (("present", 86), ("absent", 6), ("unsure", 8))
        elif role == VULNERABILITY and self.chance.happens(25):
            looked, odds = signs_of(HARM), (("present", 4), ("absent", 72), ("unsure", 24))
        else:
            looked, odds = (
                signs_of(VULNERABILITY),
                (("present", 84), ("absent", 10), ("unsure", 6)),
            )
        return {each: self.chance.weighted(odds) for each in self._pick(looked)}

    def _pick(self, signs: Sequence[Sign]) -> list[str]:
        """One to three signs, each of another thread, none that this person is not asked about."""
        wanted = self.chance.weighted([(1, 55), (2, 32), (3, 13)])
        found: dict[str | None, str] = {}
        for sign in self.chance.some(signs, len(signs)):
            thread = sign.indicator.thread
            # Circumstances without a thread are theirs to raise, so they are rarely noted.
            if thread in self.unasked or (thread is None and not self.chance.happens(12)):
                continue
            found.setdefault(thread, sign.indicator.id)
            if len(found) == wanted:
                break
        return list(found.values())

    def _text(self, findings: Findings, language: str) -> str:
        parts = []
        for sign, finding in findings.items():
            if finding == "present":
                parts.append(self.writer.say("signs", sign, language))
                continue
            thread = current_model().indicators[sign].thread
            if thread:
                parts.append(self.writer.say("threads", thread, language, finding))
        return " ".join(part for part in parts if part)

    def _write(
        self,
        day: dt.date,
        by: Worker,
        text: str,
        *,
        findings: Findings | None = None,
        good_news: str = "",
        harm: dict[str, str | int] | None = None,
        source: str = "",
    ) -> Observation:
        chance = self.chance
        written = self.writer.day(0, 2, day) if chance.happens(25) and not harm else day
        source = source or chance.weighted(SOURCES)
        spoke = source == "youth" and chance.happens(35)
        on = _as_known(day, 100 if harm else chance.between(1, 100))
        note = Observation(
            **self.writer.appended(written, by),
            person=self.file.person,
            on=on,
            part_of_day=chance.one(PARTS) if len(on) == 10 and chance.happens(30) else "",
            sort_on=_latest(on, written),
            source=source,
            model_version=current_model().version,
            has_signs=bool(findings),
            text=text,
            own_words=self.writer.line("moments", by.language, "own_words") if spoke else "",
            good_news=good_news,
            findings=findings or None,
            harm=harm,
        )
        self.file.observations.append(note)
        return note

    def _corrections(self) -> None:
        """A few notes are written again; the first stays."""
        for note in list(self.file.observations):
            if note.harm or note.good_news or not self.chance.happens(3):
                continue
            day = self.writer.day(1, 5, note.recorded_at.date())
            if day <= note.recorded_at.date():
                continue
            by = self.writer.someone(day)
            again = self.writer.line("moments", by.language, "corrected")
            newer = self._write(note.sort_on, by, f"{again} {note.text}", source=note.source)
            newer.recorded_at = self.chance.moment(day, self.writer.team.zone)
            newer.sort_on = _latest(newer.on, day)
            newer.corrects = note
            findings = dict(list((note.findings or {}).items())[:1])
            newer.findings, newer.has_signs = findings or None, bool(findings)

    def _explanations(self) -> None:
        for note in self.file.observations:
            signs = [
                sign for sign, finding in (note.findings or {}).items() if finding == "present"
            ]
            day = self.writer.day(1, 20, note.recorded_at.date())
            if not signs or day <= note.recorded_at.date() or not self.chance.happens(22):
                continue
            by = self.writer.someone(day)
            how = self.writer.say("signs", signs[0], by.language, "explained")
            if how:
                self.file.explanations.append(
                    Explanation(
                        **self.writer.appended(day, by),
                        person=self.file.person,
                        observation=note,
                        on=day,
                        how=how,
                        indicators=signs[:1] if len(signs) > 1 else None,
                    )
                )

    def _pins(self) -> None:
        for note in self.file.observations:
            if note.has_signs and self.chance.happens(6):
                day = self.writer.day(0, 60, note.recorded_at.date())
                by = self.writer.someone(day)
                self.file.pins.append(
                    Pin(
                        **self.writer.appended(day, by, 16, 16),
                        person=self.file.person,
                        observation=note,
                        why=self.writer.line("moments", by.language, "pin_why"),
                    )
                )


def _as_known(day: dt.date, how: int) -> str:
    """The day as it is known: most often itself, now and then only its month, or nothing."""
    if how <= 2:
        return ""
    return day.isoformat()[:7] if how <= 8 else day.isoformat()


def _latest(on: str, written: dt.date) -> dt.date:
    """The latest day it could have been: what the timeline sorts by."""
    return dt.date.fromisoformat(on) if len(on) == 10 else written
