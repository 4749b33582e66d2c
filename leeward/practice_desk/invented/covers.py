"""One invented worker who is away for some days, and one who covers for her."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.people.covering import actions
from leeward.people.covering.models import Cover
from leeward.people.covering.queries import cannot_cover, files_with

SUPERVISOR, COVERS, FOR_DAYS, AT_MOST = "sam", "wren", 5, 2
FIRST = "The call on Thursday was promised. Text before you come, and come alone."


@transaction.atomic
def cover_for_somebody() -> None:
    """The first time that this is asked; where nobody can be covered for, do nothing."""
    supervisor = Worker.objects.filter(username=SUPERVISOR).select_related("agency").first()
    covers = Worker.objects.filter(username=COVERS).first()
    if supervisor is None or covers is None or Cover.objects.exists():
        return
    by = actor_for(supervisor)
    rows = Worker.objects.filter(supervised_by=supervisor, is_active=True).exclude(pk=covers.pk)
    with timezone.override(ZoneInfo(supervisor.agency.time_zone)):
        now = timezone.now()
        for away in rows.order_by("display_name", "id"):
            files = [
                each for each in files_with(by, away) if not cannot_cover(each, covers, (now, now))
            ]
            if files:
                actions.arrange(
                    by=by,
                    away=away,
                    starts_on=today(),
                    ends_on=today() + dt.timedelta(days=FOR_DAYS),
                    given=[actions.Given(each, covers, FIRST) for each in files[:AT_MOST]],
                )
                return
