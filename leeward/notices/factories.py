"""Invented notices for tests."""

from typing import Any
from uuid import UUID

import factory
from django.utils.translation import gettext_lazy as _
from factory.django import DjangoModelFactory

from leeward.notices.kinds import register
from leeward.notices.models import Notice

INVENTED = register("tests.something", _("You have something new to look at."))


class NoticeFactory(DjangoModelFactory[Notice]):
    """A notice `to` a worker; give `to_role` and `agency_id` in place of it for one to a role."""

    class Meta:
        model = Notice

    class Params:
        to: Any = None

    kind = INVENTED.name
    to_worker_id: Any = factory.LazyAttribute(lambda each: each.to.pk if each.to else None)
    agency_id: Any = factory.LazyAttribute(lambda each: each.to.agency_id)
    about: UUID | None = None
