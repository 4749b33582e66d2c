from typing import Any, ClassVar, Never, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import reach
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.sealing.fields import SealedText


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests, fetched by who may know of them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's agency, as far as their role reaches; never those about oneself."""
        if actor.agency_id is None:
            return self.none()
        mine = self.filter(agency_id=actor.agency_id).exclude(worker_id=actor.id)
        how_far = reach(actor.role, "administration.agree")
        if how_far == "supervised":
            return mine.filter(worker__supervised_by=actor.id)
        return mine if how_far == "agency" else self.none()

    def waiting(self) -> Self:
        """Those nobody has answered, and that may still be."""
        return self.filter(answered_at__isnull=True, ends_at__gt=timezone.now())


class Request(models.Model):
    """What one person asks for and another must agree to before it happens.

    Whatever gives somebody more is one: starting, another role or supervisor, a new sign-in.
    It is added and answered once.
    """

    class What(models.TextChoices):
        START = "start", _("Start working here")
        CHANGE = "change", _("Change of role or supervisor")
        RESET = "reset", _("New sign-in")

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")
        TAKEN_BACK = "taken_back", _("Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="requests")
    what = models.CharField(max_length=6, choices=What)
    # What they would have; of a new sign-in, nothing.
    role = models.CharField(max_length=20, choices=Worker.Role, blank=True)
    supervised_by = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    answered_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reason = SealedText("sensitive")

    plain_fields: ClassVar = frozenset(
        "id agency worker what role supervised_by asked_by asked_at ends_at answered_by"
        " answered_at answer".split()
    )
    holder: ClassVar[str] = "agency_id"

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(asked_by=F("worker")), name="request_by_another"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("supervised_by")), name="request_not_for_ones_own_team"
            ),
            # Only what one has asked for oneself may be taken back; everything else takes two.
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer="taken_back", answered_by=F("asked_by"), answered_at__isnull=False)
                | (
                    Q(answer__in=["agreed", "refused"], answered_at__isnull=False)
                    & Q(answered_by__isnull=False)
                    & ~Q(answered_by=F("asked_by"))
                    & ~Q(answered_by=F("worker"))
                ),
                name="request_answered_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(answer="agreed", answered_by=F("supervised_by")),
                name="request_agreed_by_no_gainer",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A request is answered by its actions, and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("A request stays.")

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be agreed to."""
        return self.answered_at is None and self.ends_at > timezone.now()
