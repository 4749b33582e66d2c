"""Settings for tests: the same as everywhere, but for keys made on the spot and a fast hasher."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_here = Path(tempfile.mkdtemp(prefix="leeward-test-"))
atexit.register(shutil.rmtree, _here, ignore_errors=True)
os.environ.setdefault("LEEWARD_DATA", str(_here))
os.environ.setdefault("LEEWARD_SECRET_KEY", "only-for-tests-and-therefore-not-secret-at-all")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, MIDDLEWARE  # noqa: E402
from leeward.sealing.keys import make_keyset  # noqa: E402

LEEWARD_KEYSET_FILE = _here / "keys" / "keyset.json"
make_keyset(LEEWARD_KEYSET_FILE)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
