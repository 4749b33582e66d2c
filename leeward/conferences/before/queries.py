"""Reading meetings. Whoever asks has fetched the young person, so may see the file."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.conferences import rules
from leeward.conferences.before.models import (
    Hears,
    Invitation,
    InvitationNews,
    Meeting,
    Pack,
    PackItem,
    Preparation,
    Saying,
    Sitting,
)
from leeward.people.models import Assignment, YoungPerson
from leeward.people.standing.models import ConflictLock
from leeward.plans.models import ItemVersion
from leeward.plans.queries import readable
from leeward.plans.sections import sections
from leeward.relationships.models import TieVersion


@dataclass(frozen=True)
class Called:
    """A meeting as it stands: its newest sitting, and the young person's newest preparation."""

    meeting: Meeting
    sitting: Sitting
    preparation: Preparation | None

    @property
    def pk(self) -> uuid.UUID:
        """The id, for addresses."""
        return self.meeting.pk

    @property
    def called_off(self) -> bool:
        """Whether it will not be."""
        return self.sitting.kind == Sitting.Kind.CALLED_OFF

    @property
    def begun(self) -> bool:
        """Whether its time has come."""
        return self.sitting.starts_at <= timezone.now()

    @property
    def starts(self) -> dt.datetime:
        """When it begins, by the clocks where it is."""
        return self.sitting.starts_at.astimezone(ZoneInfo(self.sitting.zone))

    @property
    def may_go_out(self) -> bool:
        """Whether invitations may be marked as sent."""
        found = self.preparation
        return not self.called_off and rules.may_go_out(
            asked=found.asked if found else None, why_not=found.why_not if found else ""
        )


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked to a meeting, and what came of it."""

    invitation: Invitation
    kinds: frozenset[str]
    # The circle or a lock has changed since: this must not go out.
    stopped: bool

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return InvitationNews.Kind.TAKEN_BACK.value not in self.kinds

    @property
    def sent(self) -> bool:
        """Whether it went out."""
        return InvitationNews.Kind.SENT.value in self.kinds

    @property
    def over(self) -> bool:
        """Whether it is known who came."""
        return bool(self.kinds & {"came", "stayed_away"})

    @property
    def said(self) -> list[str]:
        """What came of it, in words."""
        return [str(label) for kind, label in InvitationNews.Kind.choices if kind in self.kinds]


def newest_sitting(meeting: Meeting) -> Sitting:
    """When and where it is, as it was said last."""
    return meeting.sittings.order_by("-number")[0]


def newest_preparation(meeting: Meeting) -> Preparation | None:
    """What was recorded last of asking the young person."""
    rows = meeting.preparations.select_related("recorded_by")
    return rows.order_by("-number").first()


def meeting_of(actor: Actor, person: YoungPerson, meeting_id: uuid.UUID) -> Meeting:
    """One meeting of this person. Raises Meeting.DoesNotExist for what this actor may not read."""
    rows = Meeting.objects.visible_to(actor).select_related("recorded_by")
    meeting = rows.get(pk=meeting_id, person=person)
    meeting.person = person
    return meeting


def meetings_of(actor: Actor, person: YoungPerson) -> list[Called]:
    """Every meeting of this person that this actor may read of, the latest day first: three
    queries, however many."""
    rows = (
        Meeting.objects.visible_to(actor)
        .filter(person=person)
        .prefetch_related(
            Prefetch("sittings", Sitting.objects.order_by("number"), to_attr="as_set"),
            Prefetch("preparations", Preparation.objects.order_by("number"), to_attr="as_asked"),
        )
    )
    found = [
        Called(each, each.as_set[-1], each.as_asked[-1] if each.as_asked else None)  # type: ignore[attr-defined]
        for each in rows
    ]
    return sorted(found, key=lambda each: (each.sitting.starts_at, each.pk), reverse=True)


def called(meeting: Meeting) -> Called:
    """The meeting as it stands."""
    return Called(meeting, newest_sitting(meeting), newest_preparation(meeting))


def sayings_of(meeting: Meeting) -> list[Saying]:
    """What stands of what the young person says before it, in the order of the questions: what
    they typed, and what a worker wrote down with them."""
    return standing(meeting.sayings.select_related("recorded_by").order_by("number"))


def standing(rows: Iterable[Saying]) -> list[Saying]:
    """Of all that was said before one meeting, in the order of its numbers, what stands."""
    newest = {(row.kind, row.recorded_by_id is None): row for row in rows}
    order = list(rules.SAYINGS)
    found = sorted(newest.values(), key=lambda row: (order.index(row.kind), row.recorded_at))
    return [row for row in found if row.words]


def heard_by_team(meeting: Meeting) -> list[Saying]:
    """Of those, what their team may read. What is private is not there."""
    return [each for each in sayings_of(meeting) if each.hears != Hears.ME]


def heard_in_the_room(meeting: Meeting) -> list[Saying]:
    """Of those, what everyone at the meeting may read."""
    return [each for each in sayings_of(meeting) if each.hears == Hears.ROOM]


def newest_saying(meeting: Meeting, kind: str, *, own: bool) -> Saying | None:
    """What was said last to one question, by the young person or with a worker's pen."""
    rows = meeting.sayings.filter(kind=kind, recorded_by__isnull=own)
    return rows.order_by("-number").first()


def never_names(person: YoungPerson) -> tuple[str, ...]:
    """Every name, now or before, of whoever is never asked to a meeting about this person: by the
    circle, or by a conflict lock. Two queries."""
    newest: dict[uuid.UUID, TieVersion] = {}
    names: dict[uuid.UUID, list[str]] = {}
    for row in TieVersion.objects.filter(person=person).order_by("number"):
        newest[row.tie_id] = row
        names.setdefault(row.tie_id, []).append(row.name)
    kept_from = ConflictLock.objects.standing().filter(person=person).select_related("worker")
    found = [
        name
        for tie, row in newest.items()
        if row.facts.kind in ("person", "group") and rules.never_invited(row.facts)
        for name in names[tie]
    ]
    return (*found, *(each.worker.display_name for each in kept_from))


def likest(typed: str, names: Iterable[str]) -> rules.Likeness:
    """How near a name that was typed comes to any of these."""
    found = {rules.likeness(typed, each) for each in names}
    if "same" in found:
        return "same"
    return "alike" if "alike" in found else ""


def asked_to(meeting: Meeting) -> list[Asked]:
    """Who is asked, those nearest to the young person first, and what came of it."""
    never = never_names(meeting.person)
    rows = meeting.invitations.select_related("worker").prefetch_related("news")
    order = list(rules.roles())
    found = [
        Asked(
            each,
            frozenset(news.kind for news in each.news.all()),
            likest(each.name, never) == "same",
        )
        for each in rows.order_by("recorded_at", "id")
    ]
    return sorted(found, key=lambda each: order.index(each.invitation.role_key))


def works_with(person: YoungPerson, worker: Worker) -> bool:
    """Whether this worker is on their team today."""
    rows = Assignment.objects.filter(person=person, worker=worker, until__isnull=True)
    return rows.exists()


def invitation_of(meeting: Meeting, invitation_id: uuid.UUID) -> Invitation:
    """One of them. Raises Invitation.DoesNotExist."""
    row = meeting.invitations.get(pk=invitation_id)
    row.meeting = meeting
    return row


def may_be_chosen(actor: Actor, person: YoungPerson) -> list[ItemVersion]:
    """What of the plan could lie in a pack: what this worker may read of it, heading by heading,
    and nothing that never may (`rules.may_be_packed`)."""
    order = list(sections())
    found = [
        each
        for each in readable(actor, person)
        if each.words and rules.may_be_packed(each.item.section_key)
    ]
    return sorted(found, key=lambda each: order.index(each.item.section_key))


def newest_pack(meeting: Meeting) -> Pack | None:
    """What was chosen last."""
    return meeting.packs.select_related("recorded_by").order_by("-number").first()


def packed(actor: Actor, meeting: Meeting) -> list[ItemVersion]:
    """What lies in the pack now: of what was chosen together, what still stands in the very same
    words and is still shared with whoever prints it."""
    pack = newest_pack(meeting)
    if pack is None:
        return []
    chosen = set(PackItem.objects.filter(pack=pack).values_list("version", flat=True))
    return [each for each in may_be_chosen(actor, meeting.person) if each.pk in chosen]
