"""Who broke the glass, who must review it, and how a worker stands to a file they have open."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from leeward.access.actors import Actor
from leeward.access.rules import by_break_glass, may
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.notices.models import Notice
from leeward.people.models import Assignment, YoungPerson
from leeward.people.standing.kinds import GLASS_BROKEN, GLASS_FURTHER
from leeward.people.standing.models import BreakGlass, ConflictLock

AT_MOST = 100


@dataclass(frozen=True)
class OnFile:
    """Whoever looks at one file: their role, and the emergency that let them in, if one did."""

    actor: Actor
    emergency: BreakGlass | None

    def may(self, action: str) -> bool:
        """Whether they may do `action` with this very file."""
        here = self.emergency is None or by_break_glass(action)
        return here and may(self.actor.role, action)


def on_file(actor: Actor, person: YoungPerson) -> OnFile:
    """How this actor, who has just opened this file, stands to it."""
    broken = BreakGlass.objects.live().filter(person=person, worker_id=actor.author_id).first()
    if broken and YoungPerson.objects.near_to(actor, "file.open").filter(pk=person.pk).exists():
        # Somebody put them on the team meanwhile.
        broken = None
    return OnFile(actor, broken)


def person_in_emergency(actor: Actor, person_id: uuid.UUID) -> YoungPerson:
    """Somebody of the agency whose file this actor may open in an emergency, whether or not they
    may open it already. Raises YoungPerson.DoesNotExist, for a file that is locked to them too."""
    return YoungPerson.objects.visible_to(actor, "file.break_glass").get(pk=person_id)


def unreviewed_by(actor: Actor, person: YoungPerson) -> bool:
    """Whether this worker opened this file in an emergency that nobody has reviewed yet."""
    return (
        BreakGlass.objects.unreviewed().filter(person=person, worker_id=actor.author_id).exists()
    )


def reviewers_of(broken: BreakGlass) -> list[Worker]:
    """The supervisors who are told of an emergency: of the file's team, and of whoever opened it;
    where there is none, every other supervisor of the agency. Empty when there is nobody."""
    person, opener = broken.person, broken.worker
    kept = ConflictLock.objects.standing().filter(person=person, worker=OuterRef("pk"))
    supervisors = (
        Worker.objects.filter(agency_id=person.agency_id, is_active=True)
        .filter(role__in=[role for role in Worker.Role.values if may(role, "glass.review")])
        .exclude(role=Worker.Role.PRIVACY_OFFICER)
        .exclude(pk=opener.pk)
        .filter(~Exists(kept))
    )
    team = Assignment.objects.filter(person=person, until__isnull=True)
    near = Q(pk__in=team.values("worker")) | Q(pk__in=team.values("worker__supervised_by"))
    return list(supervisors.filter(near | Q(pk=opener.supervised_by_id))) or list(supervisors)


def reviewable_by(actor: Actor) -> QuerySet[BreakGlass]:
    """The emergencies this actor may review: of files they stand behind, and those they were told
    of. Never their own, and none of a file that is locked to them."""
    if not may(actor.role, "glass.review"):
        return BreakGlass.objects.none()
    behind = YoungPerson.objects.visible_to(actor, "glass.review")
    told = Notice.objects.for_(actor).filter(kind__in=[GLASS_BROKEN.name, GLASS_FURTHER.name])
    return (
        BreakGlass.objects.filter(person__agency_id=actor.own_agency_id)
        .filter(Q(person__in=behind) | Q(pk__in=told.values("about")))
        .exclude(worker_id=actor.author_id)
        .select_related("person", "worker", "reviewed_by")
    )


def looked_at(broken: BreakGlass) -> list[AuditRow]:
    """What was done in the file while it stood open, in order."""
    rows = AuditRow.objects.filter(
        subject_id=broken.person_id, actor_id=broken.worker_id, outcome=AuditRow.Outcome.DONE
    ).filter(at__gte=broken.opened_at, at__lte=broken.until)
    return list(rows.order_by("at", "id")[:AT_MOST])
