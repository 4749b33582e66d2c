from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from leeward.access.actors import Actor
from leeward.people.models import Appended, YoungPerson
from leeward.reminders.channels import models as channels
from leeward.sealing.fields import SealedText

__all__ = ["PutOff", "channels"]


class PutOffQuerySet(models.QuerySet["PutOff"]):
    """What was put off, fetched by who may see that."""

    def visible_to(self, actor: Actor, action: str = "reminder.oversee") -> Self:
        """Of files near enough to this actor; for whoever stands behind those who put off."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))


class PutOff(Appended):
    """A worker does not want to be reminded of one thing until a day, and says why.

    It changes nothing about the thing itself, and nothing for anybody else.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    # A row of tables/reminders.csv, and the id of what it is about.
    kind = models.CharField(max_length=20)
    about = models.UUIDField()
    # The day on which it was put off, in the agency's zone, and that on which it comes back.
    on = models.DateField()
    until = models.DateField()
    reason = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"kind", "about", "on", "until"}
    objects = PutOffQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["recorded_by", "about"], name="put_off_by"),
            models.Index(fields=["person", "until"], name="put_off_person"),
        ]
        constraints: ClassVar = [
            # Nothing else may ever wait: above all no duty, and no step while somebody is missing.
            models.CheckConstraint(
                condition=Q(
                    kind__in=["consent", "opinion", "plan-step", "plan-review", "meeting-task"]
                ),
                name="put_off_is_of_what_may_wait",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("on")), name="put_off_comes_back_later"
            ),
            models.CheckConstraint(condition=Q(reason__isnull=False), name="put_off_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} until {self.until}"
