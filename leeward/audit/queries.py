"""Reading the audit back."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from leeward.audit.models import AuditRow

# What counts as having opened a file (design.md, data rule 6): a name in a list does not.
TAKEN_ALONG = ("file.print", "file.export")
OPENING = ("file.open", *TAKEN_ALONG, "file.break_glass")
# Somebody at another agency opened a copy that was given from the file.
ELSEWHERE = "disclosure.open"
FROM_ANYWHERE = (*OPENING, ELSEWHERE)


def printed_as(trace: str) -> QuerySet[AuditRow]:
    """The printings that carry this code, as `traces.as_kept` gives it: one, or none."""
    return AuditRow.objects.filter(trace=trace).exclude(trace="").order_by("at", "id")


def last_read(actor_id: uuid.UUID, action: str, page: str) -> dt.datetime | None:
    """When somebody last did this on this page; nothing when never."""
    rows = AuditRow.objects.filter(
        actor_id=actor_id, action=action, purpose=page, outcome=AuditRow.Outcome.DONE
    )
    return rows.order_by("-at").values_list("at", flat=True).first()


def openings_of(subject_id: uuid.UUID) -> QuerySet[AuditRow]:
    """Who opened, printed or exported this file, newest first."""
    return AuditRow.objects.filter(
        subject_id=subject_id, action__in=FROM_ANYWHERE, outcome=AuditRow.Outcome.DONE
    ).order_by("-at", "-id")
