import datetime as dt
import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from leeward.accounts.models import Worker
from leeward.core.ids import new_id
from leeward.people.covering.rules import is_live, last_day
from leeward.sealing.fields import SealedText


class CoverQuerySet(models.QuerySet["Cover"]):
    """Who covers for whom, and until when."""

    def standing(self) -> Self:
        """Those that are live, and those still to come."""
        return self.filter(until__gt=timezone.now(), ended_at__isnull=True)

    def live(self) -> Self:
        """Those that give rights at this moment. They begin and end by the clock alone."""
        return self.standing().filter(since__lte=timezone.now(), worker__is_active=True)

    def by(self, worker_id: uuid.UUID) -> Self:
        """Those by which this worker covers now."""
        return self.live().filter(worker_id=worker_id)


class Cover(models.Model):
    """A worker stands in at one file for one who is away, as if they were on its team."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        "people.YoungPerson", on_delete=models.PROTECT, related_name="covers"
    )
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    # Whose place on the team it is.
    away = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    # Moments, of days on the agency's wall: whether it is live is one comparison.
    since = models.DateTimeField()
    until = models.DateTimeField()
    arranged_at = models.DateTimeField(auto_now_add=True)
    arranged_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    # Before its time; what was arranged stays as it was.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)

    plain_fields: ClassVar = frozenset(
        "id person worker away since until arranged_at arranged_by ended_at ended_by".split()
    )
    holder: ClassVar[str] = "person_id"

    objects = CoverQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["worker", "until"], name="cover_worker_until"),
            models.Index(fields=["away", "until"], name="cover_away_until"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(worker=F("away")), name="cover_by_another"),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="cover_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="cover_end_has_its_person",
            ),
            # Whether two overlap is looked at while the file is held.
            models.UniqueConstraint(
                fields=["person", "worker", "since"],
                condition=Q(ended_at__isnull=True),
                name="one_cover_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether it gives rights at this moment."""
        return is_live(self.since, self.until, self.ended_at, timezone.now())

    @property
    def starts_on(self) -> dt.date:
        """The first day, in the agency's zone."""
        return timezone.localdate(self.since)

    @property
    def ends_on(self) -> dt.date:
        """The last day, in the agency's zone."""
        return last_day(self.until, timezone.get_current_timezone())


class CoverWords(models.Model):
    """What matters first, for whoever covers; written before or while they do. Added, never
    edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    cover = models.ForeignKey(Cover, on_delete=models.PROTECT, related_name="words")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    words = SealedText("sensitive")

    plain_fields: ClassVar = frozenset("id person cover recorded_at recorded_by".split())
    holder: ClassVar[str] = "person_id"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(words__isnull=False), name="cover_words_say_something"
            ),
        ]

    def __str__(self) -> str:
        return f"words {self.pk}"
