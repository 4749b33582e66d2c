"""How far a copy of a file is prepared: what was looked at, what changed, what still stands."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leeward.access.actors import Actor
from leeward.law.requests import grounds
from leeward.people.models import YoungPerson
from leeward.requests.copying.lines import Asked, Part, all_lines, parts
from leeward.requests.models import Copy, Decision, FileRequest, Looked, Preparation
from leeward.requests.names import own_words_of
from leeward.requests.rules import (
    Changes,
    Decided,
    Held,
    Left,
    Line,
    Place,
    changes,
    digest_of,
    digests,
    stale,
    still_standing,
)


@dataclass(frozen=True)
class PartState:
    """One part of the file as it stands, and whether it was read through like this."""

    part: Part
    lines: list[Line]
    looked: Looked | None
    changes: Changes

    @property
    def done(self) -> bool:
        """Whether it was read through, and nothing in it changed since."""
        return self.looked is not None and not self.changes

    @property
    def seen(self) -> str:
        """Tells this part as it stands from itself at any other time."""
        return digest_of(digests(self.lines))


@dataclass(frozen=True)
class Progress:
    """Everything that stands between a file and its copy."""

    preparation: Preparation
    parts: list[PartState]
    decided: Decided
    places: list[Place]
    stale: list[Held]
    rows: list[Decision] = field(default_factory=list)

    @property
    def to_look_at(self) -> list[PartState]:
        """The parts that must be read through, or again."""
        return [each for each in self.parts if not each.done]

    @property
    def ready(self) -> bool:
        """Whether the copy can be made: all read, every name decided, nothing changed."""
        return not (self.to_look_at or self.places or self.stale)

    @property
    def lines(self) -> list[Line]:
        """Every line."""
        return [line for each in self.parts for line in each.lines]

    @property
    def holds(self) -> list[Decision]:
        """What is held back, as it was decided."""
        return [each for each in self.rows if each.kind == Decision.Kind.HOLD]

    @property
    def names(self) -> list[Decision]:
        """What somebody typed to be looked for."""
        return [each for each in self.rows if each.kind == Decision.Kind.LOOK_FOR]

    @property
    def left(self) -> list[Decision]:
        """What was left standing, and why."""
        return [each for each in self.rows if each.kind == Decision.Kind.LEAVE]


def preparation_of(actor: Actor, request: FileRequest) -> Preparation | None:
    """This worker's own preparation of the copy, if they have begun."""
    rows = Preparation.objects.filter(request=request, recorded_by_id=actor.id)
    return rows.select_related("person", "request").first()


def standing_decisions(preparation: Preparation) -> list[Decision]:
    """What was decided and not lifted, in order."""
    rows = Decision.objects.filter(preparation=preparation, lifted_at__isnull=True)
    return list(rows.select_related("recorded_by").order_by("recorded_at", "id"))


def as_decided(rows: list[Decision]) -> Decided:
    """The same as the rules take it."""

    def of(kind: Decision.Kind) -> list[dict[str, Any]]:
        return [dict(each.what or {}) for each in rows if each.kind == kind]

    return Decided(
        held=tuple(Held(**each) for each in of(Decision.Kind.HOLD)),
        left=tuple(Left(**each) for each in of(Decision.Kind.LEAVE)),
        look_for=tuple(str(each["words"]) for each in of(Decision.Kind.LOOK_FOR)),
    )


def own_names(person: YoungPerson) -> frozenset[str]:
    """The pieces of the young person's own names, which stand everywhere."""
    return own_words_of([person.name_used, *(person.other_names or [])])


def asked_of(actor: Actor, preparation: Preparation) -> Asked:
    """Whose file, by whom, up to when."""
    return Asked(actor, preparation.person, preparation.recorded_at)


def progress_of(actor: Actor, preparation: Preparation) -> Progress:
    """How far it is, with the file as it stands this moment."""
    lines = all_lines(asked_of(actor, preparation))
    by_part: dict[str, list[Line]] = {key: [] for key in parts()}
    for line in lines:
        by_part[line.part].append(line)
    looked = _looked(preparation)
    rows = standing_decisions(preparation)
    decided = as_decided(rows)
    return Progress(
        preparation=preparation,
        parts=[_state(part, by_part[key], looked.get(key)) for key, part in parts().items()],
        decided=decided,
        places=still_standing(lines, decided, own_names(preparation.person)),
        stale=stale(lines, decided),
        rows=rows,
    )


def _looked(preparation: Preparation) -> dict[str, Looked]:
    rows = Looked.objects.filter(preparation=preparation).order_by("recorded_at", "id")
    return {each.part: each for each in rows}


def _state(part: Part, lines: list[Line], looked: Looked | None) -> PartState:
    before: Mapping[str, str] = (looked.lines or {}) if looked else {}
    return PartState(part, lines, looked, changes(before, lines) if looked else Changes())


def copies_of(request: FileRequest) -> list[Copy]:
    """The copies that were made for it, the newest first."""
    rows = Copy.objects.filter(preparation__request=request)
    return list(rows.select_related("recorded_by", "preparation").order_by("-recorded_at", "-id"))


def copy_of(person: YoungPerson, request_id: uuid.UUID, copy_id: uuid.UUID) -> Copy:
    """One of them. Raises Copy.DoesNotExist for one of another request or file."""
    rows = Copy.objects.filter(person=person, preparation__request=request_id)
    found = rows.select_related("preparation__person").get(pk=copy_id)
    found.person = found.preparation.person = person
    return found


def ground_name(ground: str, language: str) -> str:
    """A ground as the copy says it."""
    found = grounds().get(ground)
    return found.name.in_language(language) if found else _("Another ground")
