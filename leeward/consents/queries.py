"""Reading what was decided about sharing."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.consents.models import Consent, Decider
from leeward.core.agency_time import today
from leeward.law.ages import Span
from leeward.people.models import YoungPerson


def consents_of(actor: Actor, person: YoungPerson) -> QuerySet[Consent]:
    """Everything that was decided, the newest first."""
    return (
        Consent.objects.visible_to(actor)
        .filter(person=person)
        .select_related("to_agency", "recorded_by")
        .prefetch_related("events__recorded_by")
        .order_by("-recorded_at", "-id")
    )


def consent_of(actor: Actor, person: YoungPerson, consent_id: uuid.UUID) -> Consent:
    """One of them. Raises Consent.DoesNotExist."""
    return consents_of(actor, person).get(pk=consent_id)


def standing_of(actor: Actor, person: YoungPerson) -> list[Consent]:
    """Those to agencies of this installation under which something may be shared today."""
    stands = Consent.objects.standing(today()).filter(to_agency__isnull=False)
    found = consents_of(actor, person).filter(pk__in=stands.values("pk"))
    return list(found.order_by("until", "id"))


def ending_soon(people: Sequence[uuid.UUID], within: dt.timedelta) -> QuerySet[Consent]:
    """Those of these files that end soon, the first to end first."""
    return (
        Consent.objects.filter(person__in=people, until__lte=today() + within)
        .standing(today())
        .select_related("person", "to_agency")
        .order_by("until", "id")
    )


def they_decided(
    person: YoungPerson, kinds: Iterable[str], to: tuple[uuid.UUID | None, str]
) -> bool:
    """Whether the young person, able to, decided about any of this, to the same recipient."""
    agency_id, name = to
    rows = Consent.objects.filter(person=person, to_agency=agency_id)
    return any(
        each.decider == Decider.OWN
        and each.capacity == "presumed"
        and set(each.kinds) & set(kinds)
        and (agency_id or _same(each.to_name, name))
        for each in rows
    )


def overlapping(consent: Consent) -> list[Consent]:
    """The other decisions that stand about any of the same, to the same recipient."""
    rows = Consent.objects.filter(person=consent.person_id, to_agency=consent.to_agency_id)
    return [
        each
        for each in rows.standing(today()).exclude(pk=consent.pk).order_by("id")
        if set(each.kinds) & set(consent.kinds)
        and (consent.to_agency_id or _same(each.to_name, consent.to_name))
    ]


def born_span(born: str, bounds: tuple[dt.date, dt.date] | None) -> Span | None:
    """A birth date as the law takes it."""
    return _Span(*bounds) if born and bounds else None


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


class _Span:
    """A date known to be somewhere between two days."""

    def __init__(self, earliest: dt.date, latest: dt.date) -> None:
        self.earliest, self.latest = earliest, latest
