from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import reach
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedText


class ResidenceQuerySet(models.QuerySet["Residence"]):
    """Houses, fetched by who may see who is in."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's agency, for whoever has to do with houses."""
        if reach(actor.role, "residence.board") == "no" or not actor.agency_id:
            return self.none()
        return self.filter(agency_id=actor.agency_id)


class Residence(models.Model):
    """A house of an agency. Who lives there is said by stays, and only by them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Where young people may be found: sealed under the agency's own key.
    name = SealedText("identifying")
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    plain_fields: ClassVar = frozenset("id agency opened_at opened_by".split())
    holder: ClassVar = "agency_id"
    objects = ResidenceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"house {self.pk}"


class FreeBeds(models.Model):
    """How many beds staff say are free. Never worked out from stays: some are not for all eyes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="free_beds")
    count = models.PositiveSmallIntegerField()
    said_at = models.DateTimeField(auto_now_add=True)
    said_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    plain_fields: ClassVar = frozenset("id residence count said_at said_by".split())

    def __str__(self) -> str:
        return f"{self.count} free"


class Stay(Appended):
    """A young person lives in a house from one day to another."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="stays")
    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="stays")
    since = models.DateField()
    until = models.DateField(null=True)

    plain_fields: ClassVar = Appended.plain_fields | {"residence", "since", "until"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_house_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="stay_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["residence", "until"], name="stay_residence")]

    def __str__(self) -> str:
        return f"stay since {self.since}"


class Presence(Appended):
    """In, or out and it is known where. The newest row counts; missing is an episode."""

    class Kind(models.TextChoices):
        IN = "in", _("In")
        OUT = "out", _("Out, and it is known where")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="presences")
    kind = models.CharField(max_length=3, choices=Kind)
    back_by = models.DateTimeField(null=True)
    where = SealedText("identifying")

    plain_fields: ClassVar = Appended.plain_fields | {"stay", "kind", "back_by"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["stay", "recorded_at"], name="presence_stay")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["in", "out"]), name="presence_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class ForShift(Appended):
    """What the next shift must know of one young person."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="for_shift")
    words = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"stay"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["stay", "recorded_at"], name="for_shift_stay")]

    def __str__(self) -> str:
        return f"for shift {self.pk}"
