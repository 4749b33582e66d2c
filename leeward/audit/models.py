from typing import Any, ClassVar, Never

from django.db import models


class AuditRow(models.Model):
    """One thing that was read, written, refused or tried. Never changed, never removed.

    No foreign keys: what it names may be disposed of while the fact of its use stays, and
    sign-ins of nobody in particular are rows too.
    """

    class Outcome(models.TextChoices):
        DONE = "done"
        REFUSED = "refused"
        FAILED = "failed"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    agency_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    shown = models.JSONField(default=list)
    purpose = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    request_id = models.CharField(max_length=32, blank=True)

    plain_fields: ClassVar = frozenset(
        "id at agency_id actor_kind actor_id action subject_id shown purpose outcome"
        " request_id".split()
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "at"], name="audit_subject_at"),
            models.Index(fields=["actor_id", "at"], name="audit_actor_at"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["done", "refused", "failed"]),
                name="audit_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.outcome}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An audit row is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("An audit row is never removed.")
