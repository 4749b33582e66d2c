"""Reading the audit back."""

import uuid

from django.db.models import QuerySet

from leeward.audit.models import AuditRow

# What counts as having opened a file (design.md, data rule 6): a name in a list does not.
TAKEN_ALONG = ("file.print", "file.export")
OPENING = ("file.open", *TAKEN_ALONG, "file.break_glass")


def printed_as(trace: str) -> QuerySet[AuditRow]:
    """The printings that carry this code, as `traces.as_kept` gives it: one, or none."""
    return AuditRow.objects.filter(trace=trace).exclude(trace="").order_by("at", "id")


def openings_of(subject_id: uuid.UUID) -> QuerySet[AuditRow]:
    """Who opened, printed or exported this file, newest first."""
    return AuditRow.objects.filter(
        subject_id=subject_id, action__in=OPENING, outcome=AuditRow.Outcome.DONE
    ).order_by("-at", "-id")
