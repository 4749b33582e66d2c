from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from leeward.core.ids import new_id


class Agency(models.Model):
    """An organisation that keeps files. A file belongs to exactly one."""

    class Kind(models.TextChoices):
        SOCIETY = "society", _("Children’s aid society")
        INDIGENOUS_AGENCY = "indigenous_agency", _("Indigenous child well-being agency")
        POLICE = "police", _("Police service")
        RESIDENCE = "residence", _("Residence")
        COMMUNITY_SERVICE = "community_service", _("Community service")
        SCHOOL = "school", _("School")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    time_zone = models.CharField(max_length=40, default="America/Toronto")
    invented = models.BooleanField(default=False)

    plain_fields: ClassVar = frozenset("id name kind time_zone invented".split())

    def __str__(self) -> str:
        return self.name


class WorkerManager(BaseUserManager["Worker"]):
    """Finds workers by sign-in name; making one is an action."""


class Worker(AbstractBaseUser):
    """Somebody who works at an agency and signs in."""

    class Role(models.TextChoices):
        WORKER = "worker", _("worker")
        SUPERVISOR = "supervisor", _("supervisor")
        INTAKE = "intake", _("intake worker")
        RESIDENCE_STAFF = "residence_staff", _("residence staff")
        YOUTH_IN_TRANSITION = "youth_in_transition", _("youth-in-transition worker")
        SURVIVOR_PEER = "survivor_peer", _("survivor peer")
        POLICE_PARTNER = "police_partner", _("police partner")
        PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
        AGENCY_ADMINISTRATOR = "agency_administrator", _("agency administrator")
        STRATEGY_ANALYST = "strategy_analyst", _("strategy analyst")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="workers")
    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Role, default=Role.WORKER)
    # Whose files this worker's supervisor may open for that alone.
    supervised_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supervises"
    )
    works_as = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")])
    is_active = models.BooleanField(default=True)
    # Part of what every session of this worker rests on: one more ends them all at once.
    session_epoch = models.PositiveIntegerField(default=0)

    # A worker's own name is not a young person's: it is printed on what they write.
    plain_fields: ClassVar = frozenset(
        "id agency username display_name role supervised_by works_as language is_active"
        " session_epoch password last_login".split()
    )

    objects = WorkerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    role__in=[
                        "worker",
                        "supervisor",
                        "intake",
                        "residence_staff",
                        "youth_in_transition",
                        "survivor_peer",
                        "police_partner",
                        "privacy_officer",
                        "agency_administrator",
                        "strategy_analyst",
                    ]
                ),
                name="worker_role_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(supervised_by=models.F("id")),
                name="worker_supervised_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django compares it on each request; with the epoch in it, so does ending every session.
        return salted_hmac(
            "leeward.accounts.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @property
    def initial_name(self) -> str:
        """The first initial and the last name: `W. Example`."""
        first, _space, rest = self.display_name.partition(" ")
        return f"{first[0]}. {rest}" if rest else first


class Invitation(models.Model):
    """A link, good once, by which a worker chooses how to sign in.

    Neither the link's secret nor the browser's is kept: only what they hash to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="invitations")
    link_hash = models.CharField(max_length=64, unique=True)
    # The first browser in which the button was pressed; empty until then.
    browser_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    # Used, or taken back because another was made or every session was ended.
    closed_at = models.DateTimeField(null=True)

    plain_fields: ClassVar = frozenset(
        "id worker link_hash browser_hash made_at ends_at closed_at".split()
    )

    def __str__(self) -> str:
        return str(self.id)


class Session(AbstractBaseSession):
    """A sign-in that is open somewhere. Its key stands here hashed (see `session_store`)."""

    # Whose it is, so that they can see and end it; nobody's before sign-in.
    worker_id = models.UUIDField(null=True, db_index=True)

    # Moments, and how the sign-in went: nothing of a young person is ever put into a session.
    plain_fields: ClassVar = frozenset("session_key session_data expire_date worker_id".split())

    class Meta(AbstractBaseSession.Meta):
        pass
