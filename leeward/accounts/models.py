from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
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

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="workers")
    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=80)
    role = models.CharField(max_length=12, choices=Role, default=Role.WORKER)
    works_as = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")])
    is_active = models.BooleanField(default=True)

    # A worker's own name is not a young person's: it is printed on what they write.
    plain_fields: ClassVar = frozenset(
        "id agency username display_name role works_as language is_active password"
        " last_login".split()
    )

    objects = WorkerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=["worker", "supervisor"]), name="worker_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def initial_name(self) -> str:
        """The first initial and the last name: `W. Example`."""
        first, _space, rest = self.display_name.partition(" ")
        return f"{first[0]}. {rest}" if rest else first
