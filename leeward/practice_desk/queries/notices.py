"""What somebody must be told or do, as their pages list it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.notices.kinds import Kind, kind_of
from leeward.notices.models import Notice
from leeward.notices.queries import waiting_for
from leeward.people.models import YoungPerson
from leeward.practice_desk.notice_pages import address_of
from leeward.reminders.queries import Needs, Reminder, needs_of
from leeward.reminders.rules import GROUPS
from leeward.sealing import keyring

AT_MOST = 100
# What a button does, where the word for how it ended would not say so.
PRESS = {
    Notice.Outcome.READ: _("Mark as read"),
    Notice.Outcome.DONE: _("Mark as done"),
}


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
        return [(each.value, str(PRESS.get(each, each.label))) for each in self.kind.outcomes]


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


@dataclass(frozen=True)
class NeedsPage:
    """What somebody must know or do: by rule, and as they were told."""

    notices: list[Told]
    needs: Needs

    @property
    def groups(self) -> list[tuple[str, list[Reminder]]]:
        """What needs them, by heading; no heading without anything beneath it."""
        return [(each, self.needs.of(each)) for each in GROUPS if self.needs.of(each)]

    @property
    def empty(self) -> bool:
        """Whether nothing needs them now."""
        return not self.notices and not self.needs.now


@transaction.atomic
def notices_page(*, by: Actor) -> NeedsPage:
    """Everything that waits for this actor, and a record of whose names it showed."""
    check(by.role, "notice.read")
    page = NeedsPage(notices=told(by, AT_MOST), needs=needs_of(by))
    shown = {each.person.pk for each in page.notices if each.person} | set(page.needs.shown)
    keyring.warm(shown)
    audit.record(by=by, action="notice.read", shown=sorted(shown), purpose="notices")
    return page
