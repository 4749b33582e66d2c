import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Never, Self

from django.db import models

from leeward.core import boundary

# Rows of no agency (failed sign-ins, commands) have a tree of their own.
INSTALLATION = boundary.NOBODY


class AuditRow(models.Model):
    """One thing that was read, written, refused or tried. Never changed, never removed.

    No foreign keys: what it names may be disposed of while the fact of its use stays, and
    sign-ins of nobody in particular are rows too.
    """

    # The role that serves pages may add a row and read it, and no more (access.policies).
    append_only = True

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
    # The code printed on a copy; nothing but this row says whose copy it was.
    trace = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    request_id = models.CharField(max_length=32, blank=True)

    plain_fields: ClassVar = frozenset(
        "id at agency_id actor_kind actor_id action subject_id shown purpose trace outcome"
        " request_id".split()
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "at"], name="audit_subject_at"),
            models.Index(fields=["actor_id", "at"], name="audit_actor_at"),
            models.Index(fields=["trace"], name="audit_trace", condition=~models.Q(trace="")),
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
        # Somebody who is signing in stands in no agency yet, and their row goes to the right one.
        with boundary.for_row_of(self.agency_id):
            super().save(*args, **kwargs)

    @classmethod
    def add_all(cls, rows: Iterable[Self], agency_id: uuid.UUID | None) -> None:
        """Add many rows of one agency at once."""
        with boundary.for_row_of(agency_id):
            cls.objects.bulk_create(rows)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("An audit row is never removed.")


class Tree(models.Model):
    """The Merkle tree over one agency's rows, as far as it has grown.

    What is kept here spares counting; `verify` believes none of it.
    """

    id = models.BigAutoField(primary_key=True)
    # An agency, or INSTALLATION. No foreign key: the tree outlives what it is about.
    agency_id = models.UUIDField(unique=True)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    # Every row with this id or a lower one was in the tree when its time to settle was over.
    settled_id = models.BigIntegerField(default=0)
    # The size that the last signed head gave.
    headed = models.BigIntegerField(default=0)

    plain_fields: ClassVar = frozenset("id agency_id size frontier settled_id headed".split())

    def __str__(self) -> str:
        return f"{self.size} rows"


class Leaf(models.Model):
    """Where in its tree a row stands, and the hash it had then. Never changed, never removed."""

    append_only = True

    row_id = models.BigIntegerField(primary_key=True)
    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="leaves", db_index=False)
    position = models.BigIntegerField()
    hash = models.BinaryField()

    plain_fields: ClassVar = frozenset("row_id tree position hash".split())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tree", "position"], name="audit_one_leaf_a_position"),
        ]

    def __str__(self) -> str:
        return str(self.position)
