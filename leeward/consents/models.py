import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.accounts.models import Agency
from leeward.consents.rules import State, state_of
from leeward.core.agency_time import today
from leeward.people.models import Added, Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText


class Kind(models.TextChoices):
    """A kind of information that can be shared."""

    NOTES = "notes", _("Notes")
    STRENGTHS = "strengths", _("What they are good at")
    CONTACT = "contact", _("How to reach them safely")
    PLAN = "plan", _("Parts of their plan that their team reads")
    MISSING = "missing", _("When nobody knew where they were")


class Decider(models.TextChoices):
    """Who decided. Values are those of `law.consents.DECIDERS`."""

    OWN = "own", _("The young person")
    PARENT = "parent", _("A parent or caregiver")
    SOCIETY = "society", _("The society that has them in its care")


class Capacity(models.TextChoices):
    """Whether they can decide this. It is presumed."""

    PRESUMED = "presumed", _("They can decide this")
    NOT_ABLE = "not_able", _("They cannot decide this now")


class Form(models.TextChoices):
    """How the decision was told."""

    WRITTEN = "written", _("In writing")
    ORAL = "oral", _("Said aloud, and recorded here")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Decisions about sharing, fetched by who may open the file."""

    def visible_to(self, actor: Actor, action: str = "file.open") -> Self:
        """Those of the files this actor may do `action` with."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))

    def standing(self, on: dt.date) -> Self:
        """Those under which something may be shared on a day."""
        said = ConsentEvent.objects.filter(consent=OuterRef("pk"))
        over = said.exclude(kind=ConsentEvent.Kind.GIVEN)
        return self.filter(Exists(said), ~Exists(over), until__gte=on)


class Consent(Appended):
    """A decision that somebody may be told something, for a purpose, until a day.

    Who could decide by age on that day is `law.consents`; what was found there is kept with it.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    # An agency on this installation; else `to_name` says who.
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateField()
    decided_on = models.DateField()
    # The constraint below holds it: a service is never refused for a no.
    no_condition = models.BooleanField()
    to_name = SealedText("identifying")
    kinds = SealedJSON("sensitive", always=True)
    purpose = SealedText("sensitive")
    decider = SealedText("sensitive", always=True)
    decider_name = SealedText("identifying")
    capacity = SealedText("sensitive", always=True)
    capacity_why = SealedText("sensitive")
    capacity_by = SealedText("identifying")
    form = SealedText("sensitive", always=True)
    heard_by = SealedText("identifying")
    heard_when = SealedText("sensitive")
    words = SealedText("sensitive")
    # What was asked about whoever decided, and the rows of the law that were met.
    facts = SealedJSON("sensitive", always=True, room=512)

    plain_fields: ClassVar = Appended.plain_fields | {
        "to_agency",
        "until",
        "decided_on",
        "no_condition",
    }
    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("decided_on")), name="consent_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(no_condition=True), name="consent_never_a_condition"
            ),
            models.CheckConstraint(
                condition=Q(to_agency__isnull=False) | Q(to_name__isnull=False),
                name="consent_is_to_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="consent_person")]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    @property
    def newest(self) -> "ConsentEvent":
        """What was said of it last."""
        return max(self.events.all(), key=lambda each: each.number)

    @property
    def state(self) -> State:
        """How it stands today."""
        return state_of(self.newest.kind, self.until, today())

    @property
    def to_words(self) -> str:
        """To whom."""
        return self.to_agency.name if self.to_agency else str(self.to_name)

    @property
    def kinds_words(self) -> list[str]:
        """What, in words."""
        said = dict(Kind.choices)
        return [str(said[each]) for each in self.kinds if each in said]

    @property
    def decider_words(self) -> str:
        """Who decided, in words."""
        return str(dict(Decider.choices).get(self.decider, ""))

    @property
    def form_words(self) -> str:
        """How it was told, in words."""
        return str(dict(Form.choices).get(self.form, ""))


class ConsentEvent(Added):
    """A decision was given or refused, or later withdrawn. Without a worker, by themselves."""

    append_only = True

    class Kind(models.TextChoices):
        GIVEN = "given", _("Given")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    reason = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"consent", "number", "kind"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consent", "number"], name="one_consent_event"),
            models.CheckConstraint(
                condition=(Q(number=1, kind__in=["given", "refused"]))
                | Q(number=2, kind="withdrawn"),
                name="consent_is_withdrawn_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="withdrawn") | Q(recorded_by__isnull=False),
                name="consent_is_recorded_by_a_worker",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
