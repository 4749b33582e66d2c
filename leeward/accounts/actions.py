"""Making agencies and workers."""

from django.db import transaction

from leeward.accounts.models import Agency, Worker
from leeward.audit import actions as audit


@transaction.atomic
def found_agency(
    *, by: audit.WhoActs, name: str, kind: str, time_zone: str, invented: bool = False
) -> Agency:
    """Add an agency. `kind` is one of Agency.Kind, `time_zone` an IANA name."""
    agency = Agency.objects.create(name=name, kind=kind, time_zone=time_zone, invented=invented)
    audit.record(by=by, action="agency.found", subject=agency.id)
    return agency


@transaction.atomic
def take_on_worker(
    *,
    by: audit.WhoActs,
    agency: Agency,
    username: str,
    display_name: str,
    role: str,
    password: str | None,
    works_as: str = "",
    language: str = "en",
) -> Worker:
    """Add somebody who may sign in. Without a password they cannot, until they are given one."""
    worker = Worker(
        agency=agency,
        username=username,
        display_name=display_name,
        role=role,
        works_as=works_as,
        language=language,
    )
    worker.set_password(password)
    worker.save()
    audit.record(by=by, action="worker.take_on", subject=worker.id)
    return worker
