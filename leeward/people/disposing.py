"""What people tell keeping, for themselves and for what floors below hold about them. Imported
once, when every app is loaded."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.drafts.models import Draft
from leeward.keeping import erasers, sources
from leeward.notices import kinds
from leeward.notices.actions import settle_about, tell
from leeward.notices.models import Notice
from leeward.people.covering.models import Cover, CoverWords
from leeward.people.models import (
    Assignment,
    Contact,
    Description,
    DetailsChange,
    FileEvent,
    OwnWords,
    SafeContact,
    SearchToken,
    Strength,
    YoungPerson,
)
from leeward.people.standing.models import BreakGlass, ConflictLock

DISPOSAL_WAITS = "keeping.approve"


def closed_files(
    actor: Actor, action: str, person_id: uuid.UUID | None
) -> Iterable[sources.Closed]:
    """The closed files that `actor` may do `action` with, and when each was closed last."""
    files = YoungPerson.objects.visible_to(actor, action).filter(state=YoungPerson.State.CLOSED)
    if person_id:
        files = files.filter(pk=person_id)
    closings = Max("file_events__on", filter=Q(file_events__kind=FileEvent.Kind.CLOSED))
    dated = files.annotate(closed_on=closings).filter(closed_on__isnull=False)
    return [sources.Closed(pk, on) for pk, on in dated.values_list("pk", "closed_on")]


def is_file(actor: Actor, action: str, person_id: uuid.UUID) -> bool:
    """Whether `actor` may do `action` with this file, which is there."""
    return YoungPerson.objects.visible_to(actor, action).filter(pk=person_id).exists()


def hidden_from(actor: Actor) -> QuerySet[Any]:
    """The ids of those whose file does not exist for `actor`: a lock is in the way."""
    return YoungPerson.objects.locked_to(actor).values("pk")


def erase_file(person_id: uuid.UUID) -> int:
    """The young person, and every row of this app about them."""
    about = (
        SearchToken, CoverWords, Cover, Assignment, Contact, Description, DetailsChange, FileEvent,
        OwnWords, SafeContact, Strength, ConflictLock, BreakGlass,
    )  # fmt: skip
    gone = erasers.remove(*(model.objects.filter(person_id=person_id) for model in about))
    return gone + erasers.remove(YoungPerson.objects.filter(pk=person_id))


def erase_drafts(person_id: uuid.UUID) -> int:
    """What anybody was still typing about one person."""
    return erasers.remove(Draft.objects.filter(subject_id=person_id))


def erase_notices(person_id: uuid.UUID) -> int:
    """Notices about one person: they hold no content, and an id that means nothing any more."""
    return erasers.remove(Notice.objects.filter(about=person_id))


def tell_of_disposal(by: Actor, disposal_id: uuid.UUID) -> None:
    """The privacy officer is the second of the two who decide."""
    tell(
        by=by,
        agency_id=by.own_agency_id,
        kind=DISPOSAL_WAITS,
        to_role="privacy_officer",
        about=disposal_id,
        but_not=by.id,
    )


def settle_disposal(by: Actor, disposal_id: uuid.UUID) -> None:
    """It was answered: nobody needs to be told any more."""
    settle_about(by=by, kind=DISPOSAL_WAITS, about=disposal_id, outcome=Notice.Outcome.DONE)


kinds.register(
    DISPOSAL_WAITS,
    _("Somebody asked that a file be disposed of. It waits for your answer."),
    outcomes=(Notice.Outcome.DONE,),
    by_hand=False,
)
sources.register(
    closed=closed_files,
    is_file=is_file,
    hidden_from=hidden_from,
    asked=tell_of_disposal,
    answered=settle_disposal,
)
erasers.register("people", erase_file)
erasers.register("drafts", erase_drafts)
erasers.register("notices", erase_notices)
