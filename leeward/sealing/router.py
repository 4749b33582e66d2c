"""Which database a table lies in: keys in the keyring, everything else with the data.

Apart, so that each has backups of its own: a key that was destroyed must leave the backups soon,
while the data is kept for years (ADR 25).
"""

from typing import Any

from django.db.models import Model

KEYRING = "keyring"


class KeyringRouter:
    """Sends the tables of sealing, and nothing else, to the keyring."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """The keyring for keys; no opinion on anything else."""
        return KEYRING if model._meta.app_label == "sealing" else None

    def db_for_write(self, model: type[Model], **_hints: Any) -> str | None:
        """The same."""
        return KEYRING if model._meta.app_label == "sealing" else None

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """No table of the one in the other."""
        return (app_label == "sealing") == (db == KEYRING)
