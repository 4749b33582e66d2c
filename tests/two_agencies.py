"""Two agencies with a row of their own in every covered table, and the role that serves pages."""

import contextlib
import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from leeward.access import policies
from leeward.access.actors import actor_for
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.accounts.models import Agency, Worker
from leeward.audit import actions as audit
from leeward.audit.sealer import grow
from leeward.core.agency_time import today
from leeward.legal.models import DutyAnswer
from leeward.people.factories import BreakGlassFactory, YoungPersonFactory
from leeward.people.models import YoungPerson
from leeward.sealing.fields import SealedField
from tests.cast import FullFile, full_file

Keys = dict[str, set[Any]]
# One round finds a row for whatever needs only what is there; the next, for what needs those.
ROUNDS = 3


@dataclass
class House:
    """One agency: who works there, one full file, and the keys of all its rows by table."""

    agency: Agency
    worker: Worker
    supervisor: Worker
    file: FullFile
    keys: Keys


def covered_models() -> list[type[models.Model]]:
    """Every model whose table a policy covers."""
    tables = {each.table for each in policies.covered()}
    return [each for each in apps.get_models() if each._meta.db_table in tables]


def keys_now() -> Keys:
    """The keys of every row of every covered table, as the owner of the database sees them."""
    return {
        each._meta.db_table: set(each._base_manager.values_list("pk", flat=True))
        for each in covered_models()
    }


def a_house(name: str) -> House:
    """A new agency with a full file, and at least one row in every covered table."""
    before = keys_now()
    agency = AgencyFactory.create(name=name)
    worker = WorkerFactory.create(agency=agency)
    supervisor = WorkerFactory.create(agency=agency, supervisor=True)
    person = YoungPersonFactory.create(agency=agency, opened_by=worker, team=[worker])
    file = full_file(person, worker, supervisor)
    BreakGlassFactory.create(person=person)
    DutyAnswer.objects.create(
        duty=file.duty,
        person=person,
        recorded_by=worker,
        on=today(),
        outcome=DutyAnswer.Outcome.REPORTED,
    )
    with transaction.atomic():
        audit.record(by=actor_for(worker), action="file.open", subject=person.pk)
    grow(agency.pk, look="all")
    _fill(before, {Agency: agency, Worker: worker, YoungPerson: person})
    after = keys_now()
    return House(
        agency, worker, supervisor, file, {each: after[each] - before[each] for each in after}
    )


def _fill(before: Keys, having: dict[type[models.Model], models.Model]) -> None:
    for _ in range(ROUNDS):
        lacking = []
        for model in covered_models():
            new = model._base_manager.exclude(pk__in=before[model._meta.db_table]).first()
            if new is None:
                with contextlib.suppress(DatabaseError, KeyError), transaction.atomic():
                    new = model._base_manager.create(**_values(model, having))
            if new is None:
                lacking.append(model._meta.label)
            else:
                having.setdefault(model, new)
    assert not lacking, f"tests.cast.full_file makes no row of {', '.join(lacking)}"


# For keys that the database does not number by itself.
NUMBERS = itertools.count(10**9)
PLAIN: dict[type, Any] = {
    models.UUIDField: uuid.uuid4,
    models.DateTimeField: timezone.now,
    models.DateField: today,
    models.BooleanField: bool,
    models.IntegerField: int,
    models.JSONField: dict,
    SealedField: lambda: "invented",
    models.BinaryField: lambda: b"invented",
    models.CharField: lambda: uuid.uuid4().hex[:8],
    models.TextField: lambda: "invented",
}


def _values(model: type[models.Model], having: dict[Any, models.Model]) -> dict[str, Any]:
    """The least that a row of the model can be, in the agency of what we have."""
    ids = {"agency_id": having[Agency].pk, "person_id": having[YoungPerson].pk}
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.name in ids or field.attname in ids:
            found[field.attname] = ids[field.attname if field.attname in ids else field.name]
        elif isinstance(field, models.AutoField) or field.null or field.has_default():
            continue
        elif field.primary_key:
            found[field.attname] = next(NUMBERS)
        elif isinstance(field, models.ForeignKey):
            found[field.name] = having[field.related_model]
        elif field.choices:
            found[field.name] = field.choices[0][0]
        else:
            made = next((make for kind, make in PLAIN.items() if isinstance(field, kind)), str)
            found[field.name] = made()
    return found


@contextlib.contextmanager
def as_app_role() -> Iterator[psycopg.Connection]:
    """A connection of its own as the role that serves pages, with no Leeward around it."""
    asked = connection.get_connection_params() | {"user": settings.LEEWARD_APP_ROLE}
    asked.pop("cursor_factory", None), asked.pop("context", None)
    with psycopg.connect(**asked, autocommit=True) as plain:
        yield plain


@contextlib.contextmanager
def served_as_app_role() -> Iterator[None]:
    """Django's own connection, and those of new threads, as the role that serves pages."""
    kept = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = settings.LEEWARD_APP_ROLE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = kept
