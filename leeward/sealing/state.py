"""Whether the keys that a database needs are at hand: asked before it is made or served."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from leeward.sealing import keyring, keysets
from leeward.sealing.models import AgencyKeyset
from leeward.sealing.providers import provider
from leeward.sealing.router import KEYRING


def there_is_a_keyring() -> bool:
    """Whether the keyring's tables have been made. Makes no file when there is none."""
    database = connections[KEYRING]
    if database.vendor == "sqlite" and not _sqlite_is_there():
        return False
    return AgencyKeyset._meta.db_table in database.introspection.table_names()


def _sqlite_is_there() -> bool:
    # To open a SQLite file is to make it: look first. One in memory has no file.
    database = connections[KEYRING]
    in_memory: bool = database.is_in_memory_db()  # type: ignore[attr-defined]
    return in_memory or Path(database.settings_dict["NAME"]).is_file()


def lost_keys() -> str:
    """What is missing of the keys of a database that holds sealed words, in words; empty when
    every agency's keys are there and open."""
    if not provider().exists():
        return f"the key-encryption key ({where_the_key_is()})"
    if not there_is_a_keyring() or not AgencyKeyset.objects.exists():
        return f"the keyring ({where_the_keyring_is()})"
    try:
        for agency_id in keyring.agencies_with_keys():
            keyring.agency_keys(agency_id)
    except (keysets.Fault, ImproperlyConfigured):
        return f"the key-encryption key that opens this keyring ({where_the_key_is()})"
    return ""


def where_the_key_is() -> str:
    """Where the key-encryption key is looked for."""
    kind = settings.LEEWARD_KEY_PROVIDER
    return str(settings.LEEWARD_KEYSET_FILE) if kind == "file" else f"provider {kind}"


def where_the_keyring_is() -> str:
    """Where the keyring is looked for, without any password in its address."""
    return str(connections[KEYRING].settings_dict["NAME"])
