"""Invented agencies and workers for tests."""

import factory
from factory.django import DjangoModelFactory, Password

from leeward.accounts.models import Agency, Worker


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
