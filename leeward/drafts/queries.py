"""Reading one's own drafts. Nobody reads another's."""

import uuid

from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.drafts.models import Draft


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """The drafts this actor has waiting, newest first."""
    if actor.id is None:
        return Draft.objects.none()
    return Draft.objects.filter(owner_id=actor.id).order_by("-saved_at", "id")


def draft_for(actor: Actor, form: str, subject_id: uuid.UUID | None) -> Draft | None:
    """This actor's draft of one form about one subject, if there is one."""
    return drafts_of(actor).filter(form=form, subject_id=subject_id).first()
