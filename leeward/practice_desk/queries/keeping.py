"""What the pages of keeping show: opaque ids, and the names that this worker may see with them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Worker
from leeward.keeping.actions import read_disposal, read_keeping
from leeward.keeping.breach import Breach, Touched
from leeward.keeping.models import Disposal
from leeward.keeping.rules import kept_for, shipped
from leeward.people.models import YoungPerson

# What the certificate counts, in words, by the names that apps register their erasers under.
PARTS: dict[str, Promise | str] = {
    "conferences": _("Meetings, and what was decided"),
    "consents": _("What was decided about sharing"),
    "disclosures": _("What was given to other agencies"),
    "concerns": _("Concerns, and who told them"),
    "documents": _("Documents"),
    "drafts": _("Drafts"),
    "duties": _("Duties to report, and their answers"),
    "entry": _("How they come in to My space"),
    "holds": _("Holds"),
    "missing": _("Times missing"),
    "notices": _("Notices"),
    "observations": _("Notes and opinions"),
    "people": _("Names, contact, team, and the rest of the file"),
    "placements": _("Where they lived"),
    "plans": _("Plan and steps"),
    "residences": _("Houses they lived in"),
    "relationships": _("The circle"),
    "reminders": _("What workers put off"),
    "requests": _("What they asked about their file, and what was given"),
    "releases": _("Notes released to them, and their side"),
}


@dataclass(frozen=True)
class Named:
    """One row, and the name of whom it is about; empty when there is none for this worker."""

    item: Any
    name: str


def names_of(actor: Actor, action: str, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of those of these people with whom `actor` may do `action`."""
    found = YoungPerson.objects.visible_to(actor, action).filter(pk__in=set(ids))
    return {each.pk: each.name_used for each in found}


def keeping_page(*, by: Actor) -> dict[str, Any]:
    """The page of keeping; reading it is recorded."""
    read = read_keeping(by=by)
    ids = [each.person_id for rows in read.values() for each in rows]
    names = names_of(by, "keeping.look", ids)
    return {
        name: [Named(each, names.get(each.person_id, "")) for each in rows]
        for name, rows in read.items()
    } | {
        "schedule": _schedule(),
        "may": {
            name: may(by.role, f"keeping.{name}") for name in ("hold", "end_hold", "ask", "breach")
        },
    }


def _schedule() -> list[dict[str, Any]]:
    language = "fr" if (get_language() or "en").startswith("fr") else "en"
    return [
        {
            "words": row.words[language],
            "source": row.source[language],
            "keep": keep,
            "unsure": "counsel" in row.confirmed,
        }
        for row in shipped().values()
        for keep in [kept_for(row.record_class, settings.LEEWARD_RETENTION) if row.keep else None]
    ]


def disposal_page(*, by: Actor, disposal_id: uuid.UUID) -> dict[str, Any]:
    """One disposal; reading it is recorded. Raises NotYours."""
    disposal: Disposal = read_disposal(by=by, disposal_id=disposal_id)
    names = names_of(by, "keeping.look", [disposal.person_id])
    answers = may(by.role, "keeping.approve") and not (disposal.approved_at or disposal.refused_at)
    return {
        "disposal": disposal,
        # The certificate names nobody; before it, whoever answers must know whose file it is.
        "name": "" if disposal.erased_at else names.get(disposal.person_id, ""),
        "may_answer": answers,
        "removed": sorted((str(PARTS.get(each, each)), n) for each, n in disposal.removed.items()),
    }


def workers_of(actor: Actor) -> list[tuple[str, str]]:
    """Everybody who works or worked at the agency, for a list to choose from."""
    held = Worker.objects.filter(agency_id=actor.own_agency_id).order_by("display_name")
    return [(str(each.pk), each.display_name) for each in held]


def breach_page(actor: Actor, breach: Breach) -> dict[str, Any]:
    """What the breach helper found, with names."""
    ids = [each.person_id for each in (*breach.opened, *breach.only_listed)]
    names = names_of(actor, "keeping.breach", ids)

    def named(rows: Iterable[Touched]) -> list[Named]:
        return [Named(each, names.get(each.person_id, "")) for each in rows]

    return {"opened": named(breach.opened), "only_listed": named(breach.only_listed)}
