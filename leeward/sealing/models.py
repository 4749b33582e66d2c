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
    made_at = models.DateTimeField(auto_now_add=True)

    plain_fields: ClassVar = frozenset("agency_id sealing tokens under made_at".split())

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
    made_at = models.DateTimeField(auto_now_add=True)

    plain_fields: ClassVar = frozenset("holder agency_id sealed under made_at".split())

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "holder"], name="data_key_agency_holder")
        ]

    def __str__(self) -> str:
        return f"key of {self.holder}"
