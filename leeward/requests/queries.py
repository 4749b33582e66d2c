"""What was asked, where it stands in words of the calendar, and what they say of it themselves."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from leeward.access.actors import Actor
from leeward.core.agency_time import today
from leeward.law.requests import Clock, clock, may_extend
from leeward.legal.models import RuleChange
from leeward.legal.queries import agreed_changes, rules_at
from leeward.observations.models import Observation
from leeward.observations.sources import Entry
from leeward.people.models import DetailsChange, YoungPerson
from leeward.requests.kinds import Kind
from leeward.requests.models import Answer, Extension, FileRequest, Statement
from leeward.sealing import keyring

# So many open requests stand on one page of the desk.
AT_MOST = 200


@dataclass(frozen=True)
class Standing:
    """One request, its clock today, and what came of it."""

    request: FileRequest
    clock: Clock
    statements: list[Statement]

    @property
    def extension(self) -> Extension | None:
        """The longer time, if it was given one."""
        found: Extension | None = getattr(self.request, "extension", None)
        return found

    @property
    def answer(self) -> Answer | None:
        """How it ended, if it has."""
        found: Answer | None = getattr(self.request, "answer", None)
        return found

    @property
    def is_copy(self) -> bool:
        """Whether it asks for a copy of the file."""
        return self.request.kind == Kind.COPY

    @property
    def may_extend(self) -> bool:
        """Whether it may still be given more days."""
        return self.answer is None and may_extend(self.clock)

    @property
    def may_state(self) -> bool:
        """Whether they may say that they disagree: a correction was not made."""
        return self.answer is not None and self.answer.outcome == Answer.Outcome.NOT_MADE

    @property
    def statement(self) -> Statement | None:
        """Their statement as it stands."""
        return self.statements[-1] if self.statements else None


def _gathered(rows: QuerySet[FileRequest]) -> QuerySet[FileRequest]:
    return rows.select_related(
        "person", "recorded_by", "note__recorded_by", "extension__recorded_by",
        "answer__recorded_by", "answer__note", "answer__correction", "answer__copy",
    ).prefetch_related("statements")  # fmt: skip


def standing(
    row: FileRequest, changes: Iterable[RuleChange], statements: Iterable[Statement] = ()
) -> Standing:
    """Where one stands today, in the zone of its agency and by its own rules: those that held when
    it was written down, so that a change since makes nothing late."""
    more = getattr(row, "extension", None)
    ended = getattr(row, "answer", None)
    as_of = ended.on if ended else today()
    rules = rules_at(changes, row.recorded_at).rules
    found = clock(row.received_on, as_of, more.days if more else 0, rules)
    return Standing(row, found, sorted(statements, key=lambda each: each.number))


def _standings(rows: Iterable[FileRequest]) -> list[Standing]:
    """Those of one agency; its rules are asked for where there is a request at all."""
    found = list(rows)
    changes = agreed_changes(found[0].person.agency_id) if found else []
    return [standing(each, changes) for each in found]


def requests_of(person: YoungPerson) -> list[Standing]:
    """Everything this young person has asked, the newest first. The person was fetched."""
    rows = _gathered(FileRequest.objects.filter(person=person))
    ordered = rows.order_by("-received_on", "-recorded_at", "-id")
    found = list(ordered)
    changes = agreed_changes(person.agency_id) if found else []
    return [standing(each, changes, each.statements.all()) for each in found]


def request_of(person: YoungPerson, request_id: uuid.UUID) -> Standing:
    """One of them. Raises FileRequest.DoesNotExist for anybody else's."""
    rows = _gathered(FileRequest.objects.filter(person=person))
    row = rows.get(pk=request_id)
    found = standing(row, agreed_changes(person.agency_id), row.statements.all())
    found.request.person = person
    return found


def open_requests(actor: Actor) -> list[Standing]:
    """What waits for an answer in every file that this actor may see to, the first due first."""
    rows = FileRequest.objects.visible_to(actor).open()
    rows = rows.select_related("person", "extension", "answer")
    found = _standings(rows.order_by("received_on", "id")[:AT_MOST])
    keyring.warm(each.request.person_id for each in found)
    return sorted(found, key=lambda each: (each.clock.due_on, each.request.received_on))


def soon_due(actor: Actor) -> list[Standing]:
    """The same for Home: only what is in its last days, or late."""
    rows = FileRequest.objects.visible_to(actor, "request.answer").open()
    # Only what the line shows: nothing of what they wrote is opened here.
    rows = rows.select_related("person", "extension", "answer")
    found = _standings(rows.order_by("received_on", "id")[:AT_MOST])
    soon = [each for each in found if each.clock.soon]
    return sorted(soon, key=lambda each: (each.clock.due_on, each.request.received_on))


def newest_statement(request: FileRequest) -> Statement | None:
    """What they say of an answer, as it stands."""
    return Statement.objects.filter(request=request).order_by("-number").first()


def _standing_statements(person: YoungPerson) -> QuerySet[Statement]:
    later = Statement.objects.filter(request=OuterRef("request"), number__gt=OuterRef("number"))
    rows = Statement.objects.filter(~Exists(later), person=person)
    return rows.select_related("request__answer", "recorded_by").order_by("recorded_at", "id")


def statements_by_note(person: YoungPerson) -> dict[uuid.UUID, list[Statement]]:
    """Their statements as they stand, by the note each belongs beside."""
    found: dict[uuid.UUID, list[Statement]] = {}
    for each in _standing_statements(person):
        if each.request.answer.note_id:
            found.setdefault(each.request.answer.note_id, []).append(each)
    return found


def statements_elsewhere(person: YoungPerson) -> list[Statement]:
    """Their statements about a part of the file that is no note."""
    return [each for each in _standing_statements(person) if each.request.answer.note_id is None]


def corrections_since(request: FileRequest) -> list[Observation]:
    """The notes of this file that corrected another since this was asked, the newest first."""
    rows = Observation.objects.filter(person=request.person_id, corrects__isnull=False)
    rows = rows.filter(recorded_at__date__gte=request.received_on)
    return list(rows.select_related("recorded_by", "corrects").order_by("-recorded_at", "-id"))


def details_since(request: FileRequest) -> list[DetailsChange]:
    """The changes of the details in this file since this was asked, the newest first."""
    rows = DetailsChange.objects.filter(person=request.person_id)
    rows = rows.filter(recorded_at__date__gte=request.received_on)
    return list(rows.select_related("recorded_by").order_by("-recorded_at", "-id"))


def as_entries(person: YoungPerson) -> list[Entry]:
    """Their statements as lines of the timeline."""
    return [
        Entry(
            on=row.request.answer.on,
            recorded_at=row.recorded_at,
            kind="statement",
            author_id=row.recorded_by_id,
            author=row.recorded_by.display_name if row.recorded_by else person.name_used,
            item=row,
        )
        for row in _standing_statements(person)
    ]


def people_of(found: Iterable[Standing]) -> list[uuid.UUID]:
    """Whose names a list of requests shows."""
    return sorted({each.request.person_id for each in found})
