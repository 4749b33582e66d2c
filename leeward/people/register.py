"""What people tell the floors below. Imported once, when every app is loaded."""

import uuid
from typing import Any

from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.documents.models import Document
from leeward.keeping.models import Disposal
from leeward.notices.kept import register
from leeward.people.covering import kinds as of_covering
from leeward.people.models import YoungPerson
from leeward.people.standing import kinds
from leeward.people.standing.models import BreakGlass

# The kinds of notice are there once their module is.
KINDS = (
    kinds.GLASS_BROKEN,
    kinds.GLASS_FURTHER,
    kinds.SAME_NAME,
    kinds.UNUSUAL,
    kinds.LOCK_ENDED,
    of_covering.COVERS,
    of_covering.AWAY,
)


def _files(actor: Actor) -> "QuerySet[Any, uuid.UUID]":
    return YoungPerson.objects.locked_to(actor).values_list("pk", flat=True)


def _emergencies(actor: Actor) -> "QuerySet[Any, uuid.UUID]":
    theirs = YoungPerson.objects.locked_to(actor)
    return BreakGlass.objects.filter(person__in=theirs).values_list("pk", flat=True)


def _documents(actor: Actor) -> "QuerySet[Any, uuid.UUID]":
    return Document.objects.filter(subject_id__in=_files(actor)).values_list("pk", flat=True)


def _disposals(actor: Actor) -> "QuerySet[Any, uuid.UUID]":
    return Disposal.objects.filter(person_id__in=_files(actor)).values_list("pk", flat=True)


register("files", _files)
register("emergencies", _emergencies)
# The floors below know of no lock; what their notices are about is kept from the same people.
register("documents", _documents)
register("disposals", _disposals)
