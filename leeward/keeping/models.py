from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from leeward.access.actors import Actor
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.sealing.fields import SealedText


class OfAgencyQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """What one agency keeps, or disposed of."""

    def of(self, actor: Actor) -> Self:
        """What this actor's agency has; nothing for an actor without one."""
        return self.filter(agency_id=actor.agency_id) if actor.agency_id else self.none()


class HoldQuerySet(OfAgencyQuerySet):
    """Holds."""

    def open(self) -> Self:
        """Those that still block disposal."""
        return self.filter(until__isnull=True)


class Hold(models.Model):
    """A reason why a file must stay, whatever its age: somebody or a court asked for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Opaque: the people this is about stand on a floor above.
    person_id = models.UUIDField()
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    why = SealedText("sensitive")

    # Changed by actions; removed by the nightly command alone.
    kept: ClassVar[bool] = True
    holder: ClassVar[str] = "person_id"
    plain_fields: ClassVar = frozenset("id agency person_id set_at set_by until ended_by".split())

    objects = HoldQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person_id", "until"], name="hold_person_until"),
            models.Index(fields=["agency", "until"], name="hold_agency_until"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__isnull=False, ended_by__isnull=False),
                name="hold_end_has_its_person",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class DisposalQuerySet(OfAgencyQuerySet):
    """Disposals."""

    def standing(self) -> Self:
        """Those that nobody turned down."""
        return self.filter(refused_at__isnull=True)

    def to_carry_out(self) -> Self:
        """Those that two people agreed on and that are not finished."""
        return self.filter(approved_at__isnull=False, done_at__isnull=True)


class Disposal(models.Model):
    """A file on its way out: asked for, agreed to by another, erased, and then beyond recovery.

    It holds an opaque id that names nobody once the file is gone, and it stays as the certificate.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    record_class = models.CharField(max_length=16, choices=[("file", "file")], default="file")
    due_on = models.DateField()
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    erased_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # From this day on no backup of the keyring opens what older backups of the data still hold.
    unreadable_from = models.DateField(null=True)
    # How many rows (or files) each eraser removed, by its name.
    removed = models.JSONField(default=dict)

    kept: ClassVar[bool] = True
    plain_fields: ClassVar = frozenset(
        "id agency person_id record_class due_on asked_at asked_by approved_at approved_by"
        " refused_at refused_by erased_at done_at unreadable_from removed".split()
    )

    objects = DisposalQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "done_at"], name="disposal_agency_done")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id"],
                condition=Q(refused_at__isnull=True),
                name="one_standing_disposal",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="disposal_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="disposal_approval_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(approved_at__isnull=False, refused_at__isnull=True),
                name="disposal_erased_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, unreadable_from__isnull=True)
                | Q(done_at__isnull=False, unreadable_from__isnull=False, erased_at__isnull=False),
                name="disposal_done_after_erasing",
            ),
            models.CheckConstraint(
                condition=Q(record_class__in=["file"]), name="disposal_class_known"
            ),
        ]

    def __str__(self) -> str:
        return f"disposal {self.pk}"

    @property
    def rows_removed(self) -> int:
        """How many rows and files are gone, together."""
        return sum(self.removed.values())
