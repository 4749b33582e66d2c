import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import reach
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.observations.models import Observation
from leeward.people.models import Appended, YoungPerson
from leeward.sealing.codec import token
from leeward.sealing.fields import SealedJSON, SealedText


def origin_of(observation_id: uuid.UUID, agency_id: uuid.UUID) -> int:
    """The blind token by which code finds the duties an observation of this agency opened."""
    return token("legal.duty.origin", str(observation_id), agency_id=agency_id)


# No token is worth nothing: a keyed hash that comes to 0 has yet to be seen.
_OF_NOTHING = 0


def _kept_from(actor: Actor) -> list[int]:
    """Where duties come from that would tell this actor of a file locked to them.

    A duty about another child names no file, yet its words may. Asked for every supervisor, so
    that nobody learns from the number of questions whether they are locked out of something.
    """
    files = YoungPerson.objects.locked_to(actor)
    notes = Observation.objects.filter(person__in=files).values_list("pk", flat=True)
    # Never an empty list, which the database would not be asked about at all.
    return [_OF_NOTHING, *(origin_of(each, actor.own_agency_id) for each in notes)]


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties, fetched by who may answer them."""

    def visible_to(self, actor: Actor) -> Self:
        """Duties about files this actor may open; about another child, only those who answer.

        One that nobody else could see to (it was asked of a worker without a supervisor) is with
        every supervisor of the agency.
        """
        how_far = reach(actor.role, "duty.answer")
        if how_far == "no" or not actor.agency_id:
            return self.none()
        files = YoungPerson.objects.visible_to(actor, "duty.answer")
        mine = Q(person__in=files) | Q(person__isnull=True, asked_of_id=actor.id)
        if how_far == "supervised":
            theirs = Q(asked_of__supervised_by=actor.id) | Q(asked_of__supervised_by__isnull=True)
            mine |= theirs & Q(person__isnull=True) & ~Q(origin__in=_kept_from(actor))
        return self.filter(mine, agency_id=actor.agency_id)

    def unanswered(self) -> Self:
        """Those that only a recorded answer will end."""
        return self.filter(answered_at__isnull=True)


class Duty(models.Model):
    """The duty-to-report question, asked the moment an observation suggests harm to a child.

    About another child it stands alone: no person, no key to the observation. `origin` is a blind
    token that code can follow and a reader of the database cannot. What is left is time: rows of
    the audit written in one moment stand next to each other (SECURITY.md).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        YoungPerson, on_delete=models.PROTECT, null=True, related_name="duties"
    )
    origin = models.BigIntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_of = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="duties")
    answered_at = models.DateTimeField(null=True)
    # Holds `level` (possible or now), `on` as a partial date, and perhaps `other_child_age`.
    question = SealedJSON("sensitive")
    # About another child: what is known of them, kept here and nowhere else.
    child = SealedText("identifying")

    plain_fields: ClassVar = frozenset(
        "id agency person origin asked_at asked_of answered_at".split()
    )
    # About another child it has a key of its own, as it is in nobody's file.
    holder: ClassVar = "person_id id"

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "answered_at"], name="duty_agency_answered"),
            models.Index(fields=["origin"], name="duty_origin"),
        ]

    def __str__(self) -> str:
        return f"duty {self.pk}"


class DutyAnswer(Appended):
    """What was done about a duty: reported, or not and why. A second answer stands beside it."""

    class Outcome(models.TextChoices):
        REPORTED = "reported", _("I reported")
        NOT_REPORTED = "not_reported", _("I did not report")

    # The person of its duty; nobody when that is about another child.
    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="answers")
    on = models.DateField()
    outcome = SealedText("sensitive", always=True)
    reasons = SealedText("sensitive")
    who = SealedText("sensitive")
    society = SealedText("sensitive")
    reference = SealedText("sensitive")
    own_view = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"duty", "on"}
    holder: ClassVar = "person_id duty_id"

    def __str__(self) -> str:
        return f"answer to {self.duty_id}"

    @property
    def outcome_words(self) -> str:
        """What was done, in words."""
        return str(dict(self.Outcome.choices).get(self.outcome, ""))
