"""Birthdays seen ahead, for one person and for everybody a worker works with."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from leeward.core.agency_time import today
from leeward.core.partial_dates import bounds
from leeward.law.rules import Rules, Turning
from leeward.law.sources import say_source
from leeward.law.turning import Coming, coming
from leeward.people.models import YoungPerson
from leeward.placements.models import Placement
from leeward.placements.queries import in_care


@dataclass(frozen=True)
class _Born:
    earliest: dt.date
    latest: dt.date


@dataclass(frozen=True)
class Birthday:
    """A birthday that comes, and what becomes due with it, in the language of the page."""

    person: YoungPerson
    one: Coming

    @property
    def has_perhaps_been(self) -> bool:
        """Whether it may have been already: the birth date is not known to the day."""
        return self.one.on < today() and not self.one.is_exact

    @property
    def due(self) -> list[tuple[str, str]]:
        """What becomes due, each with its source."""
        return [_said(row) for row in self.one.rows]

    @property
    def due_in_care(self) -> list[tuple[str, str]]:
        """What becomes due if they are in care, which nobody has written."""
        return [_said(row) for row in self.one.if_in_care]


def _said(row: Turning) -> tuple[str, str]:
    language = (get_language() or "en")[:2]
    return row.text.in_language(language), say_source(row.source, language)


def birthdays_of(
    person: YoungPerson, places: Iterable[Placement], rules: Rules
) -> list[Birthday] | None:
    """The birthdays that come for one person; None where no birth date is written."""
    span = bounds(person.born)
    if span is None:
        return None
    found = coming(_Born(*span), today(), in_care=in_care(places), rules=rules) or ()
    return [Birthday(person, one) for one in found]


@dataclass(frozen=True)
class ComingUp:
    """The nearest birthdays of everybody, and those of whom no birth date is written."""

    birthdays: list[Birthday]
    not_known: list[YoungPerson]


def coming_up(people: Sequence[YoungPerson], rules: Rules, at_most: int) -> ComingUp:
    """One query for the places of all of them."""
    places: dict[object, list[Placement]] = {each.pk: [] for each in people}
    for place in Placement.objects.filter(person__in=list(places)):
        places[place.person_id].append(place)
    found: list[Birthday] = []
    not_known = []
    for person in people:
        birthdays = birthdays_of(person, places[person.pk], rules)
        if birthdays is None:
            not_known.append(person)
        else:
            found += birthdays
    found.sort(key=lambda each: (each.one.on, each.person.pk, each.one.age))
    return ComingUp(found[:at_most], not_known[:at_most])
