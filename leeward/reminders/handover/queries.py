"""Everything a worker needs who stands in for another: in as many queries for one file as for ten.

What is needed comes from the same list as “What needs you”; what the young person wants, from what
they let the whole team read, or this worker by name.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import get_language

from leeward.access.actors import Actor
from leeward.missing.models import Episode
from leeward.people.covering.models import Cover, CoverWords
from leeward.people.covering.queries import mine, standing_for, words_for
from leeward.people.models import YoungPerson
from leeward.plans.models import ItemVersion
from leeward.reminders.queries import Reminder, needed
from leeward.reminders.rules import GROUPS
from leeward.sealing import keyring

# Of a plan: what whoever has not met them yet must know. In this order.
SECTIONS = ("missing", "calm", "worse", "please_not", "anchor")


@dataclass(frozen=True)
class Covered:
    """One file that is covered: by whom for whom, what was written for them, whether the young
    person is missing now, and what they want, as (heading, words)."""

    cover: Cover
    words: list[CoverWords]
    episode: Episode | None
    wants: list[tuple[str, str]]


@dataclass(frozen=True)
class HandedOver:
    """What a worker covers, what is needed there first, and who covers for them."""

    files: list[Covered]
    needs: list[Reminder]
    for_me: list[Covered]

    @property
    def missing(self) -> list[Covered]:
        """Those who are missing now."""
        return [each for each in self.files if each.episode]

    @property
    def groups(self) -> list[tuple[str, list[Reminder]]]:
        """What is needed, under the headings of “What needs you”: never young people in an order
        of their own."""
        found = [(group, [each for each in self.needs if each.group == group]) for group in GROUPS]
        return [(group, needs) for group, needs in found if needs]

    @property
    def shown(self) -> list[uuid.UUID]:
        """Whose names it shows."""
        return sorted({each.cover.person_id for each in (*self.files, *self.for_me)})


def handed_over(actor: Actor) -> HandedOver:
    """What this worker covers at this moment, and who covers for them now or will."""
    covers = mine(actor)
    for_me = standing_for(actor, [actor.author_id], "file.open")
    ids = {each.person_id for each in covers}
    words = words_for([*covers, *for_me])
    rows = Episode.objects.filter(person__in=ids, until__isnull=True)
    away = {each.person_id: each for each in rows}
    wants = _wants(actor, ids)
    needs = [each for each in needed(actor) if each.person and each.person.pk in ids]
    return HandedOver(
        files=[
            Covered(each, words[each.pk], away.get(each.person_id), wants.get(each.person_id, []))
            for each in covers
        ],
        needs=needs,
        for_me=[Covered(each, words[each.pk], None, []) for each in for_me],
    )


def _wants(actor: Actor, ids: set[uuid.UUID]) -> dict[uuid.UUID, list[tuple[str, str]]]:
    rows = ItemVersion.objects.newest().visible_to(actor).filter(person__in=ids)
    found: defaultdict[uuid.UUID, list[ItemVersion]] = defaultdict(list)
    language = get_language() or "en"
    keyring.warm(ids)
    for row in rows.select_related("item").order_by("item__recorded_at", "item_id"):
        if row.words and row.item.section_key in SECTIONS:
            found[row.person_id].append(row)
    for said in found.values():
        said.sort(key=lambda each: SECTIONS.index(each.item.section_key))
    return {
        person_id: [(each.item.section.title(language), each.words) for each in said]
        for person_id, said in found.items()
    }


def as_entries_of(person: YoungPerson) -> list[Cover]:
    """Every cover of a file, for its timeline."""
    rows = Cover.objects.filter(person=person).select_related("worker", "away", "arranged_by")
    return list(rows.order_by("since", "id"))
