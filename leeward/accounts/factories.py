"""Invented agencies and workers for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory, Password

from leeward.accounts.models import Agency, Worker
from leeward.sealing import keyring


class AgencyFactory(DjangoModelFactory[Agency]):
    """An invented children's aid society; `indigenous` for an Indigenous agency further west."""

    class Meta:
        model = Agency

    class Params:
        indigenous = factory.Trait(
            kind=Agency.Kind.INDIGENOUS_AGENCY, time_zone="America/Winnipeg"
        )

    name = factory.Sequence(lambda n: f"Invented Agency {n}")
    kind = Agency.Kind.SOCIETY
    invented = True

    @classmethod
    def _create(cls, model_class: type[Agency], *_args: Any, **kwargs: Any) -> Agency:
        agency = model_class(**kwargs)
        keyring.make_agency(agency.id)
        agency.save(force_insert=True)
        return agency


class WorkerFactory(DjangoModelFactory[Worker]):
    """An invented worker; `supervisor` or `writes_french` as the story asks."""

    class Meta:
        model = Worker

    class Params:
        supervisor = factory.Trait(role=Worker.Role.SUPERVISOR, display_name="Sam Pretend")
        writes_french = factory.Trait(language="fr", display_name="Odile Exemple")

    agency = factory.SubFactory(AgencyFactory)
    username = factory.Sequence(lambda n: f"worker-{n}")
    display_name = "Wren Example"
    role = Worker.Role.WORKER
    language = "en"
    password = Password("an invented long password")


def supervise(supervisor: Worker, *workers: Worker) -> Worker:
    """Put these workers in a supervisor's team, and return the supervisor."""
    for each in workers:
        each.supervised_by = supervisor
        each.save(update_fields=["supervised_by"])
    return supervisor
