"""What somebody must be told or do, as their pages list it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.notices.kinds import Kind, kind_of
from leeward.notices.models import Notice
from leeward.notices.queries import waiting_for
from leeward.people.models import YoungPerson
from leeward.practice_desk.notice_pages import address_of

AT_MOST = 100


@dataclass(frozen=True)
class Told:
    """One notice. `person` is there only when this worker may open that file; nobody else is
    ever named."""

    notice: Notice
    kind: Kind
    person: YoungPerson | None
    leads_somewhere: bool

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The ways it may be ended from the list: value and words."""
        if not self.kind.by_hand:
            return []
        return [(each.value, str(each.label)) for each in self.kind.outcomes]


def told(actor: Actor, at_most: int, *kinds: str) -> list[Told]:
    """What waits for this actor, perhaps of some kinds alone; two queries however much it is."""
    return as_told(actor, waiting_for(actor, *kinds)[:at_most])


def as_told(actor: Actor, notices: Iterable[Notice]) -> list[Told]:
    """Notices with what this actor may see of what they are about."""
    found = list(notices)
    abouts = {each.about for each in found if each.about}
    people = YoungPerson.objects.visible_to(actor).in_bulk(sorted(abouts))
    return [
        Told(each, kind_of(each.kind), people.get(each.about), bool(address_of(each)))
        for each in found
    ]


@transaction.atomic
def notices_page(*, by: Actor) -> list[Told]:
    """Everything that waits for this actor, and a record of whose names it showed."""
    check(by.role, "notice.read")
    found = told(by, AT_MOST)
    shown = sorted({each.person.pk for each in found if each.person})
    audit.record(by=by, action="notice.read", shown=shown, purpose="notices")
    return found
