"""Rebuilding search tokens, after the rules of names changed or a backup was put back.

Whoever's tokens are right already is left alone, so a run that was killed is simply begun again.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from leeward.people.actions import index_names
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.opening import tokens_for
from leeward.sealing import keyring
from leeward.sealing.codec import DoesNotOpen

AT_ONCE = 100


def to_reindex() -> int:
    """How many people there are to look at."""
    return YoungPerson.objects.count()


def reindex() -> Iterator[tuple[int, int]]:
    """Go through everybody; yields how many were looked at and how many were renewed, by turns.

    A file whose key is gone has no name to index: its tokens go.
    """
    last = UUID(int=0)
    while ids := list(
        YoungPerson.objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    ):
        with transaction.atomic():
            # Held while we look: a name changed meanwhile is indexed by whoever changes it.
            people = YoungPerson.objects.select_for_update().filter(pk__in=ids).order_by("pk")
            keyring.warm(ids)
            renewed = sum(_renewed(person) for person in people)
        last = ids[-1]
        yield len(ids), renewed


def _renewed(person: YoungPerson) -> bool:
    there = sorted(SearchToken.objects.filter(person=person).values_list("token", flat=True))
    try:
        names = [person.name_used, *(person.other_names or [])]
        wanted = sorted(tokens_for(person.agency_id, names, person.born))
    except DoesNotOpen:
        SearchToken.objects.filter(person=person).delete()
        return bool(there)
    if there == wanted:
        return False
    index_names(person)
    return True
