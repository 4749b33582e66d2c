"""Settings for tests: the same as everywhere, but for keys made on the spot and a fast hasher."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_here = Path(tempfile.mkdtemp(prefix="leeward-test-"))
atexit.register(shutil.rmtree, _here, ignore_errors=True)
os.environ.setdefault("LEEWARD_DATA", str(_here))
# Tests make tables and set scenes; the checks step down to the role that serves pages.
os.environ["LEEWARD_AS_OWNER"] = "1"
os.environ.setdefault("LEEWARD_SECRET_KEY", "only-for-tests-and-therefore-not-secret-at-all")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, MIDDLEWARE  # noqa: E402
from leeward.sealing.providers import KeyFile  # noqa: E402
from leeward.sealing.signing import make_signing_key  # noqa: E402

LEEWARD_KEYSET_FILE = _here / "keys" / "keyset.json"
KeyFile(LEEWARD_KEYSET_FILE).make()
LEEWARD_AUDIT_SIGNING_KEY = _here / "keys" / "audit_signing.json"
make_signing_key(LEEWARD_AUDIT_SIGNING_KEY)
LEEWARD_AUDIT_HEADS = _here / "audit" / "heads.jsonl"
LEEWARD_AUDIT_WEBHOOK = ""

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
LEEWARD_ENTRY_SECONDS = 0.0
# Tests sign in with `client.force_login`; those of signing in itself turn it on.
LEEWARD_SECOND_FACTOR = False
# `leeward migrate` goes to the keyring first, so that is made first.
_first: dict[str, object] = {"DEPENDENCIES": []}
_then: dict[str, object] = {"DEPENDENCIES": ["keyring"]}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _first |= {"NAME": ":memory:"}
    _then |= {"NAME": ":memory:"}
elif not os.environ.get("LEEWARD_KEYRING_URL"):
    # Tests on PostgreSQL keep the keyring there too, in a database of its own.
    DATABASES["keyring"] = {
        **DATABASES["default"],
        "NAME": f"{DATABASES['default']['NAME']}_keyring",
        "ATOMIC_REQUESTS": False,
    }
DATABASES["keyring"]["TEST"], DATABASES["default"]["TEST"] = _first, _then
