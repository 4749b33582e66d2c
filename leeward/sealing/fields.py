"""Model fields whose values are sealed, each classified as identifying or sensitive.

A value stays sealed in memory until it is read: a list of a hundred rows opens only the columns
its page shows.
"""

import json
from functools import cache
from typing import Any, ClassVar, Literal, Self, overload
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from leeward.sealing.codec import LEAST_ROOM, Place, open_sealed, seal
from leeward.sealing.keyring import NoKey

Classification = Literal["identifying", "sensitive"]

# The answers of a question with few answers fit in this many bytes, the longest one too.
ROOM_FOR_AN_ANSWER = 128


@cache
def holder_fields(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a model that name whose key seals its rows: the first that is not empty.

    Each model with sealed fields says so: `holder = "person_id"`, or `"person_id id"` for rows
    that may be about nobody in a file and then stand alone. Columns of the row itself: opening a
    value never fetches another row.
    """
    named: str = model.holder  # type: ignore[attr-defined]
    return tuple(named.split())


def holder_of(row: models.Model) -> UUID:
    """Whose key seals this row. Raises NoKey when it names nobody yet."""
    for name in holder_fields(type(row)):
        found = getattr(row, name)
        if found is not None:
            return found if isinstance(found, UUID) else UUID(str(found))
    raise NoKey(f"a row of {row._meta.db_table} that names no holder")


class Sealed(bytes):
    """Bytes as they lie in the database, not yet opened."""


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """What `SealedText` and `SealedJSON` share. Use one of those.

    `always` is for a question with few answers: no answer is sealed too, and every answer takes
    the same room (`room`, in bytes), so that neither NULL nor a length tells which one it was.
    """

    classification: Classification
    empty: ClassVar[Any] = None

    def __init__(
        self,
        classification: Classification,
        *,
        always: bool = False,
        room: int | None = None,
        **options: Any,
    ) -> None:
        self.classification = classification
        self.always = always
        self.room = room or (ROOM_FOR_AN_ANSWER if always else LEAST_ROOM)
        options.setdefault("null", not always)
        options.setdefault("blank", True)
        options["editable"] = False
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        options.pop("max_length", None)
        if self.always:
            options |= {"always": True, "room": self.room}
        return name, path, [self.classification, *args], options

    def get_default(self) -> Any:
        """None unless one was given: BinaryField would say `b""`."""
        return super().get_default() if self.has_default() else None

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        """Put the opener in front of the stored value."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, SealedAttribute(self))

    def from_db_value(self, value: Any, *_: Any) -> Sealed | None:
        """Keep it shut until somebody reads it."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """Seal for this row's own place. An unopened value is stored as it was."""
        held = model_instance.__dict__.get(self.attname, self.empty)
        if isinstance(held, Sealed):
            return held
        plain = self.encode(held)
        if plain is None:
            return None
        holder = holder_of(model_instance)
        return Sealed(seal(plain, self.place(model_instance), holder=holder, room=self.room))

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """Refuse anything that did not pass through `pre_save`, so nothing is stored open."""
        if value is not None and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed: save the model, do not update the column.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """Sealed values cannot be compared; only `isnull` makes sense."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be searched or compared.")
        return super().get_lookup(lookup_name)

    def place(self, instance: models.Model) -> Place:
        """Where this field of this row lives."""
        return Place(instance._meta.db_table, self.column or self.attname, str(instance.pk))

    def open(self, instance: models.Model, sealed: Sealed) -> Any:
        """The value behind `sealed`. Raises DoesNotOpen when it belongs to another place or
        holder, or when the holder's key is gone."""
        holder = holder_of(instance)
        return self.decode(open_sealed(sealed, self.place(instance), holder=holder))

    def encode(self, value: Any) -> bytes | None:
        """The value as bytes; None is stored as NULL."""
        raise TypeError(type(self).__name__)

    def decode(self, plain: bytes) -> Any:
        """The value from its bytes."""
        raise TypeError(type(self).__name__)


class SealedAttribute:
    """Opens a sealed column the first time it is read from an instance."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    @overload
    def __get__(self, instance: None, owner: type[models.Model]) -> Self: ...

    @overload
    def __get__(self, instance: models.Model, owner: type[models.Model]) -> Any: ...

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:  # deferred by .only() or .defer()
            instance.refresh_from_db(fields=[name])
        held = instance.__dict__[name]
        if isinstance(held, Sealed):
            held = instance.__dict__[name] = self.field.open(instance, held)
        return self.field.empty if held is None else held

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedText(SealedField):
    """Free text, any script, sealed. Reads as an empty string when there is none."""

    empty = ""

    def encode(self, value: Any) -> bytes | None:
        """UTF-8; an empty string is no value."""
        return str(value or "").encode() if value or self.always else None

    def decode(self, plain: bytes) -> str:
        """Text from UTF-8."""
        return plain.decode()


class SealedJSON(SealedField):
    """A small structure of plain JSON values, sealed. Reads as None when there is none."""

    def encode(self, value: Any) -> bytes | None:
        """Compact JSON; None is no value."""
        if value is None and not self.always:
            return None
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def decode(self, plain: bytes) -> Any:
        """The structure from JSON."""
        return json.loads(plain)
