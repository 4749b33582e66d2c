"""A reading in plain words, in English or French: what `leeward read` prints."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from leeward.law.duties import Prompt, prompts, urgency, urgency_rule, urgency_steps
from leeward.law.rules import Rule, UrgencyStep
from leeward.law.sources import say_source
from leeward.observations.rules import harm_facts
from leeward.practice_model.model import Model
from leeward.practice_model.reading import Reading, SeenSign, SupportedStage, ThreadReading
from leeward.practice_model.record import Opinion, Record

_WORDS = Path(__file__).parent / "read_words.toml"


def say(reading: Reading, record: Record, model: Model, language: str) -> str:
    """Say a reading in plain words; `language` is `en` or `fr`. Ends with a line break."""
    voice = _Voice(reading, record, model, language)
    return "\n".join(_plain(line) for line in voice.lines()) + "\n"


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _plain(line: str) -> str:
    """One printable line: what people typed may hold breaks and terminal codes."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    kept = "".join(each if each.isprintable() or each == "\u00a0" else " " for each in line)
    return indent + " ".join(part for part in kept.split(" ") if part)


class _Voice:
    """One reading, said in one language."""

    def __init__(self, reading: Reading, record: Record, model: Model, language: str) -> None:
        self.reading = reading
        self.record = record
        self.model = model
        self.language = language
        self.written = {one.id: one.on for one in record.observations}

    def lines(self) -> Iterator[str]:
        """Every line, in order: strengths before anything else."""
        reading = self.reading
        yield self.say("title", as_of=str(reading.as_of), model=reading.model)
        yield self.say("frame")
        yield from self._part("strengths", reading.strengths or [self.say("no_strengths")])
        yield from self._how_soon()
        yield from self._part("support", self._support())
        for role in self.model.roles.values():
            signs = [one for one in reading.current if one.role == role.id]
            yield from self._headed(
                role.name.in_language(self.language),
                [self._sign("sign", one) for one in signs] or [self.say("no_sign")],
            )
        if reading.faded:
            yield from self._part("faded", [self._sign("last_seen", one) for one in reading.faded])
        yield from self._part("threads", [self._thread(one) for one in reading.threads])
        yield from self._set_aside()
        opinions = [self._opinion(one) for one in reading.opinions]
        yield from self._part("opinions", opinions or [self.say("no_opinions")])

    def say(self, key: str, **facts: str) -> str:
        """One sentence of the words file with its facts filled in."""
        return _words()[key][self.language].format_map(facts)

    def _part(self, key: str, lines: Iterable[str]) -> Iterator[str]:
        yield from self._headed(self.say(key), lines)

    def _headed(self, heading: str, lines: Iterable[str]) -> Iterator[str]:
        yield ""
        yield heading
        for line in lines:
            yield f"  {line}"

    def _how_soon(self) -> Iterator[str]:
        facts = tuple(harm_facts(self.record))
        level, because = urgency(facts, self.record.as_of)
        soon = urgency_rule(level)
        lines = [self._row(soon)]
        if because:
            lines.append(self.say("because", notes=", ".join(because)))
        lines += [f"- {self._row(one)}" for one in urgency_steps(level)]
        for one in prompts(facts, self.record.born, self.record.as_of):
            lines += [
                f"- {self._row(one)}",
                "  " + self.say("because", notes=", ".join(one.because)),
            ]
        yield from self._part("how_soon", lines)

    def _row(self, one: Rule | Prompt) -> str:
        """What a row of the law says, with the id by which `leeward rules list` has it."""
        said = one.text.in_language(self.language)
        if isinstance(one, UrgencyStep):
            who = f"{one.who.in_language(self.language)} {one.phone.in_language(self.language)}"
            said = f"{who.strip()}. {said}"
        return f"{said} [{one.id}; {say_source(one.source, self.language)}]"

    def _support(self) -> list[str]:
        if self.reading.supported:
            return [line for one in self.reading.supported for line in self._stage(one)]
        lines = [self.say("not_enough")]
        if self.reading.last_known_harm:
            lines.append(self.say("nothing_recent"))
            lines += [f"- {self._sign('last_seen', one)}" for one in self.reading.last_known_harm]
        return lines

    def _stage(self, one: SupportedStage) -> list[str]:
        lines = [
            self.say(
                "stage",
                stage=self._stage_name(one.stage),
                evidence=self.say(one.evidence),
                threads=self._thread_names(one.threads),
            ),
            "  " + self.say("for", notes=", ".join(one.for_)),
        ]
        if one.against:
            lines.append("  " + self.say("against", notes=", ".join(one.against)))
        else:
            lines.append("  " + self.say("no_against"))
        if one.unknown:
            lines.append("  " + self.say("unknown", threads=self._thread_names(one.unknown)))
        return lines

    def _sign(self, key: str, one: SeenSign) -> str:
        wording = self.model.indicators[one.indicator].working.in_language(self.language)
        # The date as it was written: a month stays a month, and no day is made up.
        day = self.written[one.observations[-1]]
        return self.say(
            key,
            wording=wording,
            day=str(day) if day else self.say("no_date"),
            notes=", ".join(one.observations),
        )

    def _thread(self, one: ThreadReading) -> str:
        name = self._thread_names([one.thread])
        if one.thread in self.reading.unknown_threads:
            return self.say("not_asked", thread=name)
        stage = (
            self.say("latest", stage=self._stage_name(one.stage))
            if one.stage
            else self.say("no_latest")
        )
        return self.say(
            "thread", thread=name, stage=stage, movement=self.say(f"movement_{one.movement}")
        )

    def _set_aside(self) -> Iterator[str]:
        for key, notes in (
            ("explained", self.reading.explained),
            ("corrected", self.reading.corrected),
        ):
            if notes:
                yield ""
                yield self.say(key, notes=", ".join(notes))

    def _opinion(self, one: Opinion) -> str:
        return self.say(
            "opinion",
            on=str(one.on) if one.on else self.say("no_date"),
            by=one.by,
            stage=self._stage_name(one.stage) if one.stage else self.say("not_named"),
            reasons=one.reasons,
        )

    def _stage_name(self, stage: str) -> str:
        return self.model.stages[stage].name.in_language(self.language)

    def _thread_names(self, threads: Iterable[str]) -> str:
        names = [self.model.threads[one].name.in_language(self.language) for one in threads]
        return "; ".join(names)
