from typing import ClassVar

from django.db import models


class AgencyKeyset(models.Model):
    """The keys of one agency: one set wraps its data keys, the other makes its blind tokens.

    Both lie sealed under the key-encryption key, which is never in a database.
    """

    agency_id = models.UUIDField(primary_key=True, editable=False)
    sealing = models.BinaryField()
    tokens = models.BinaryField()
    # The version of the key-encryption key that seals this row.
    under = models.BigIntegerField()
    # The turn that was here last.
    turn = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    plain_fields: ClassVar = frozenset("agency_id sealing tokens under turn made_at".split())

    def __str__(self) -> str:
        return f"keys of agency {self.agency_id}"


class DataKey(models.Model):
    """The keys of one holder, sealed under their agency's. Without this row nothing of theirs
    opens, wherever a copy of it lies."""

    holder = models.UUIDField(primary_key=True, editable=False)
    agency_id = models.UUIDField()
    sealed = models.BinaryField()
    # The key of the agency that seals this row.
    under = models.BigIntegerField()
    # The turn that was here last, and the last one after which the holder's rows lay under the
    # newest key.
    turn = models.BigIntegerField(default=0)
    resealed = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    plain_fields: ClassVar = frozenset(
        "holder agency_id sealed under turn resealed made_at".split()
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "holder"], name="data_key_agency_holder")
        ]

    def __str__(self) -> str:
        return f"key of {self.holder}"


class KeyTurn(models.Model):
    """One turning over of the keys. One that is not done is gone on with by the next run."""

    id = models.BigAutoField(primary_key=True)
    # Whether every holder gets a new key too, and what is sealed is sealed again under it.
    deep = models.BooleanField()
    # The version of the key-encryption key that this turn made; none until it did.
    version = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    plain_fields: ClassVar = frozenset("id deep version begun_at done_at".split())

    def __str__(self) -> str:
        return f"turn {self.pk}"
