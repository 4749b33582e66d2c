"""Invented requests for tests."""

import factory
from factory.django import DjangoModelFactory

from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.administration.models import Request
from leeward.administration.rules import open_until


class AdministratorFactory(WorkerFactory):
    """An invented agency administrator."""

    display_name = "Robin Pretend"
    role = Worker.Role.AGENCY_ADMINISTRATOR


class RequestFactory(DjangoModelFactory[Request]):
    """An administrator asks for a new sign-in for `worker`; `what` and `role` for more."""

    class Meta:
        model = Request

    worker = factory.SubFactory(WorkerFactory)
    agency = factory.SelfAttribute("worker.agency")
    asked_by = factory.SubFactory(AdministratorFactory, agency=factory.SelfAttribute("..agency"))
    what = Request.What.RESET
    ends_at = factory.LazyFunction(open_until)
    reason = "Their phone fell into the lake"
