from typing import Any, ClassVar, Never, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.core.ids import new_id
from leeward.notices.kept import kept_from


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, fetched by whom they are for."""

    def for_(self, actor: Actor) -> Self:
        """Those to this worker, and those to their role at their agency. What somebody is kept
        out of (`but_not`) is not there for them, nor what is about a thing they must not know."""
        if actor.id is None or actor.agency_id is None:
            return self.none()
        to_me = Q(to_worker_id=actor.id)
        to_my_role = Q(to_worker_id__isnull=True, to_role=actor.role)
        kept_out = Q(but_not_id=actor.id)
        found = self.filter(to_me | to_my_role, agency_id=actor.agency_id).exclude(kept_out)
        for hidden in kept_from(actor):
            found = found.exclude(about__in=hidden)
        return found

    def open(self) -> Self:
        """Those not settled yet."""
        return self.filter(settled_at__isnull=True)


class Notice(models.Model):
    """Something that somebody must be told or do: a kind, opaque ids and times; never content.

    No foreign keys and no words: what it is about may be sealed, locked or disposed of, and
    whoever reads this table learns nothing of it. It is added, marked as seen, and settled once.
    """

    class Outcome(models.TextChoices):
        READ = "read", _("Read")
        DONE = "done", _("Done")
        IN_ORDER = "in_order", _("In order")
        TAKEN_FURTHER = "taken_further", _("Taken further")
        REFUSED = "refused", _("Refused")
        NOT_NEEDED = "not_needed", _("No longer needed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency_id = models.UUIDField()
    to_worker_id = models.UUIDField(null=True)
    # Without a worker: whoever has this role at the agency.
    to_role = models.CharField(max_length=20, choices=Worker.Role, blank=True)
    # Whoever a notice to a role is about: they neither see nor settle it.
    but_not_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    # Whoever caused it may see where nudges arrive, and must not learn of it: none ever leaves.
    quietly = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True)

    plain_fields: ClassVar = frozenset(
        "id agency_id to_worker_id to_role but_not_id kind about quietly made_at due_at seen_at"
        " settled_at settled_by_id outcome".split()
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["to_worker_id"],
                condition=Q(settled_at__isnull=True),
                name="notice_open_to_worker",
            ),
            models.Index(
                fields=["agency_id", "to_role"],
                condition=Q(settled_at__isnull=True),
                name="notice_open_to_role",
            ),
            models.Index(fields=["about"], name="notice_about"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_worker_id__isnull=True) ^ Q(to_role=""),
                name="notice_to_one_worker_or_one_role",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="", settled_by_id__isnull=True)
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="notice_settled_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A notice is seen and settled by its actions, and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("A notice is settled, never removed.")
