"""Sealing rows again under their holder's newest key, beside everybody who writes.

No row is waited for: one that a page holds is passed over and come back to. So this can hold
nobody up for longer than one small batch takes, and can never be half of a deadlock.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.models import Q

from leeward.sealing import keyring, keysets
from leeward.sealing.codec import DoesNotOpen
from leeward.sealing.fields import Sealed, SealedField, holder_fields, holder_of

# How often a row that somebody holds is come back to, and after how many seconds.
TRIES, PAUSE = 20, 0.5


class StillHeld(ImproperlyConfigured):
    """Some rows were held by another transaction all the while. Run it again later."""


def sealed_models() -> dict[type[models.Model], list[SealedField]]:
    """Every model that has sealed fields, and these."""
    found = {
        model: [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        for model in apps.get_models()
    }
    return {model: fields for model, fields in found.items() if fields}


def reseal(agency_id: UUID, holders: Sequence[UUID], sleep: Callable[[float], None]) -> None:
    """Seal what these holders of one agency have again, wherever it lies under an older key.

    A value that does not open stays as it is. Raises StillHeld.
    """
    keyring.warm(holders)
    for model, fields in sealed_models().items():
        for _try in range(TRIES):
            if not _passed_over(model, fields, holders):
                break
            sleep(PAUSE)
        else:
            raise StillHeld(
                f"Rows of {model._meta.db_table} are held by a transaction that does not end."
                " Run `leeward keys rotate` again."
            )


def _passed_over(
    model: type[models.Model], fields: Sequence[SealedField], holders: Sequence[UUID]
) -> bool:
    """Seal the rows of one model again. Whether any was passed over."""
    wanted = model._base_manager.filter(_of_holders(model, holders)).order_by("pk")
    with transaction.atomic():
        free = wanted
        if connection.features.has_select_for_update_skip_locked:
            free = wanted.select_for_update(skip_locked=True)
        done = 0
        for row in free:
            _reseal_row(row, fields)
            done += 1
        return done < wanted.count()


def _of_holders(model: type[models.Model], holders: Sequence[UUID]) -> Q:
    """The rows that these holders' keys seal: as `holder_of` finds it, in the database."""
    names = holder_fields(model)
    ways = []
    for place, name in enumerate(names):
        earlier = {f"{before}__isnull": True for before in names[:place]}
        ways.append(Q(**{f"{name}__in": holders}, **earlier))
    return reduce(or_, ways)


def _reseal_row(row: models.Model, fields: Sequence[SealedField]) -> None:
    try:
        newest = keyring.holder_keys(holder_of(row)).ids[-1]
        fresh: dict[str, Any] = {}
        for field in fields:
            held = row.__dict__[field.attname]
            if held is not None and keysets.key_that_sealed(held) != newest:
                fresh[field.attname] = _again(row, field, held)
    except (DoesNotOpen, keyring.NoKey, keysets.Fault):
        return
    if fresh:
        type(row)._base_manager.filter(pk=row.pk).update(**fresh)


def _again(row: models.Model, field: SealedField, held: Sealed) -> Sealed | None:
    row.__dict__[field.attname] = field.open(row, held)
    again: Sealed | None = field.pre_save(row, add=False)
    return again
