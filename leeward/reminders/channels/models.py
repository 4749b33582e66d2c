from typing import Any, ClassVar, Never, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.sealing.fields import SealedText


class ChannelQuerySet(models.QuerySet["Channel"]):
    """What workers said of where they are told."""

    def newest(self) -> Self:
        """Of each worker, what they said last."""
        last = Channel.objects.filter(worker=OuterRef("worker")).order_by("-number")
        return self.filter(number=Subquery(last.values("number")[:1]))

    def open(self) -> Self:
        """Those by which something may be sent: of somebody who still works here."""
        return self.newest().filter(address__isnull=False, worker__is_active=True)


class Channel(models.Model):
    """Where one worker is told that something waits, as they said it; the newest row counts.

    Of workers alone: nothing here has room for a young person.
    """

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    said_at = models.DateTimeField(auto_now_add=True)
    # Without one, nothing is sent.
    address = SealedText("identifying")
    # What they say of it: nobody else reads it, and no locked screen shows it.
    mine_alone = models.BooleanField()
    hidden_when_locked = models.BooleanField()
    digest_on = models.PositiveSmallIntegerField(choices=Weekday, null=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    plain_fields: ClassVar = frozenset(
        "id agency worker number said_at mine_alone hidden_when_locked digest_on quiet_from"
        " quiet_until".split()
    )
    holder: ClassVar = "agency_id"
    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "number"], name="one_channel_per_worker_and_number"
            ),
            models.CheckConstraint(
                condition=Q(address__isnull=True) | Q(mine_alone=True, hidden_when_locked=True),
                name="never_to_an_unsafe_channel",
            ),
            models.CheckConstraint(
                condition=Q(digest_on__isnull=True) | Q(digest_on__lte=6),
                name="channel_weekday_known",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (
                    Q(quiet_from__isnull=False, quiet_until__isnull=False)
                    & ~Q(quiet_from=F("quiet_until"))
                ),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"channel {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Somebody who wants it otherwise says so anew.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("What was said of a channel stays.")


class Sending(models.Model):
    """One try to tell a worker of one thing. It is added before anything leaves, so that two who
    try at once find each other; and marked once it has left."""

    class What(models.TextChoices):
        NUDGE = "nudge", _("Something new")
        DIGEST = "digest", _("The weekly reminder")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=6, choices=What)
    # The id of a notice, or the day of a weekly reminder.
    key = models.CharField(max_length=36)
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    plain_fields: ClassVar = frozenset("id worker agency what key number began_at sent_at".split())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "what", "key", "number"], name="one_try_per_number"
            ),
            models.UniqueConstraint(
                fields=["worker", "what", "key"],
                condition=Q(sent_at__isnull=False),
                name="sent_once",
            ),
            models.CheckConstraint(
                condition=Q(what__in=["nudge", "digest"]), name="sending_what_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.number}"
