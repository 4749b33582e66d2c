"""The pieces of a file that can be given to another agency, each with its exact words.

What is not here cannot be given: a duty about another child, who said or reported something,
opinions of a stage, the circle, what only they or a few read in a plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.consents.models import Kind
from leeward.missing.queries import episodes
from leeward.observations.models import Observation, harm_as_answered
from leeward.people.models import YoungPerson
from leeward.people.queries import safe_contact, strengths
from leeward.plans.models import Sees
from leeward.plans.queries import readable

# Never given: they asked that nobody carry it further, or it opens a phone or a door.
KEPT = frozenset({"not_again", "words", "phone", "papers", "places"})
# What each line of a piece is, in words.
LABELS: dict[str, Promise | str] = {
    "": "",
    "own_words": _("In their own words"),
    "good_news": _("Good news"),
    "channel": _("How"),
    "reach_at": _("Where"),
    "when": _("When"),
    "say": _("What to say"),
    "who_may_answer": _("Who else may answer"),
    "since": _("From"),
    "until": _("Until"),
    "title": _("In short"),
    "words": _("In full"),
}
_CONTACT = ("channel", "reach_at", "when", "say", "who_may_answer")


@dataclass(frozen=True)
class Piece:
    """One thing that can be chosen: its kind and id, the day it is of, and what it says."""

    kind: str
    id: str
    on: str
    lines: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """As a form names it."""
        return f"{self.kind}:{self.id}"

    def as_json(self) -> dict[str, Any]:
        """As it is given."""
        return {"kind": self.kind, "on": self.on, "lines": [list(each) for each in self.lines]}

    def as_item(self) -> dict[str, str]:
        """As both sides keep it for good: what it was, without its words. Of a time away the day
        is all there is to say: it goes with the words."""
        return {"kind": self.kind, "on": "" if self.kind == Kind.MISSING else self.on}


def pieces_of(actor: Actor, person: YoungPerson) -> list[Piece]:
    """What this actor could give of a file they may open, kind by kind."""
    made = (_notes(person), _strengths(person), _contact(person), _plan(actor, person))
    return [each for some in (*made, _missing(person)) for each in some if each.lines]


def _lines(row: Any, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(getattr(row, name))) for name in names if getattr(row, name))


def _notes(person: YoungPerson) -> Iterator[Piece]:
    """Notes that stand, of what a worker saw or they said: another's words may tell who called."""
    rows = Observation.objects.filter(
        person=person, corrected_by__isnull=True, source__in=["seen", "youth"]
    )
    for each in rows.order_by("-sort_on", "-id"):
        if (harm_as_answered(each) or {}).get("about", "self") == "self":
            text = (("", each.text),) if each.text else ()
            lines = (*text, *_lines(each, ("own_words", "good_news")))
            yield Piece(Kind.NOTES.value, str(each.pk), each.on, lines)


def _strengths(person: YoungPerson) -> Iterator[Piece]:
    for each in strengths(person):
        on = timezone.localdate(each.recorded_at).isoformat()
        yield Piece(Kind.STRENGTHS.value, str(each.pk), on, (("", each.text),))


def _contact(person: YoungPerson) -> Iterator[Piece]:
    if each := safe_contact(person):
        on = each.confirmed_on.isoformat()
        yield Piece(Kind.CONTACT.value, str(each.pk), on, _lines(each, _CONTACT))


def _plan(actor: Actor, person: YoungPerson) -> Iterator[Piece]:
    for each in readable(actor, person).filter(sees=Sees.TEAM):
        key = each.item.section_key
        if each.words and key not in KEPT:
            on = timezone.localdate(each.recorded_at).isoformat()
            yield Piece(Kind.PLAN.value, str(each.item_id), on, ((f"plan.{key}", each.words),))


def _missing(person: YoungPerson) -> Iterator[Piece]:
    for each in episodes(person):
        until = (("until", each.until.isoformat()),) if each.until else ()
        lines = (("since", each.since.isoformat()), *until)
        yield Piece(Kind.MISSING.value, str(each.pk), each.since.isoformat(), lines)
