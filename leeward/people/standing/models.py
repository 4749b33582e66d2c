import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.ids import new_id
from leeward.sealing.fields import SealedText


class ConflictLockQuerySet(models.QuerySet["ConflictLock"]):
    """Locks that stand, and those that stood."""

    def standing(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(until__isnull=True)

    def against(self, worker_id: uuid.UUID | None) -> Self:
        """Those that keep this worker from knowing of a file, now."""
        return self.standing().filter(worker_id=worker_id)


class ConflictLock(models.Model):
    """For this worker, this file does not exist. Nothing wins over it, and they are never told."""

    class Why(models.TextChoices):
        KIN = "kin", _("They are family")
        PARTNER = "partner", _("They are or were a partner")
        ACCUSED = "accused", _("They are said to have done harm")
        NOT_THEM = "not_them", _("The young person said: not them")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        "people.YoungPerson", on_delete=models.PROTECT, related_name="locks"
    )
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    # Sealed: that somebody was accused, or is family, says much of the young person.
    why = SealedText("sensitive", always=True)
    words = SealedText("sensitive")
    ended_why = SealedText("sensitive")

    plain_fields: ClassVar = frozenset("id person worker since set_by until ended_by".split())
    holder: ClassVar[str] = "person_id"

    objects = ConflictLockQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["worker", "until"], name="lock_worker_until"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "worker"],
                condition=Q(until__isnull=True),
                name="one_standing_lock_per_worker",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__isnull=False, ended_by__isnull=False),
                name="lock_end_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(set_by=models.F("worker")), name="lock_set_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"lock {self.pk}"

    @property
    def why_words(self) -> str:
        """Why, in words."""
        return str(dict(self.Why.choices).get(self.why, ""))


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Files opened in an emergency."""

    def live(self) -> Self:
        """Those whose time has not run out."""
        return self.filter(until__gt=timezone.now())

    def unreviewed(self) -> Self:
        """Those nobody has reviewed yet."""
        return self.filter(reviewed_at__isnull=True)


class BreakGlass(models.Model):
    """Somebody who is not on the team opened a file for a few hours, and said why."""

    class Outcome(models.TextChoices):
        NEEDED = "needed", _("It was needed")
        NOT_NEEDED = "not_needed", _("It was not needed")
        FOLLOW_UP = "follow_up", _("It needs a closer look")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        "people.YoungPerson", on_delete=models.PROTECT, related_name="glass_broken"
    )
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = SealedText("sensitive")
    review_words = SealedText("sensitive")

    plain_fields: ClassVar = frozenset(
        "id person worker opened_at until reviewed_at reviewed_by outcome".split()
    )
    holder: ClassVar[str] = "person_id"

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["worker", "until"], name="glass_worker_until"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, outcome="")
                | Q(
                    reviewed_at__isnull=False,
                    reviewed_by__isnull=False,
                    outcome__in=["needed", "not_needed", "follow_up"],
                ),
                name="glass_review_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("worker")),
                name="glass_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"
