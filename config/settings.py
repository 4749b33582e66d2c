"""Settings. What differs between places comes from the environment; nothing else does."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.agency import *  # noqa: F403
from config.agency import LEEWARD_SESSION_LIMITS
from config.agency_sign_ins import providers
from config.settings_of_entry import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("LEEWARD_DATA", BASE_DIR / ".data"))

DEMO = os.environ.get("LEEWARD_DEMO") == "1"
DEBUG = False


def _secret_key() -> str:
    """From the environment, else from a file that `leeward migrate` makes."""
    if key := os.environ.get("LEEWARD_SECRET_KEY"):
        return key
    try:
        return (DATA_DIR / "secret_key").read_text(encoding="utf-8").strip()
    except FileNotFoundError as fault:
        raise ImproperlyConfigured(
            "Set LEEWARD_SECRET_KEY, or run `leeward migrate` once to make one."
        ) from fault


SECRET_KEY = _secret_key()
LEEWARD_AUDIT_SIGNING_KEY = Path(
    os.environ.get("LEEWARD_AUDIT_SIGNING_KEY", DATA_DIR / "keys" / "audit_signing.json")
)

ALLOWED_HOSTS = [
    host for host in os.environ.get("LEEWARD_HOSTS", "127.0.0.1,localhost").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("LEEWARD_ORIGINS", "").split(",") if origin
]

INSTALLED_APPS = [
    "leeward.core",
    "leeward.sealing",
    "leeward.audit",
    "leeward.accounts",
    "leeward.access",
    "leeward.keeping",
    "leeward.drafts",
    "leeward.documents",
    "leeward.notices",
    "leeward.people",
    "leeward.placements",
    "leeward.relationships",
    "leeward.administration",
    "leeward.entry",
    "leeward.consents",
    "leeward.observations",
    "leeward.legal",
    "leeward.missing",
    "leeward.residences",
    "leeward.concerns",
    "leeward.plans",
    "leeward.releases",
    "leeward.requests",
    "leeward.reminders",
    "leeward.conferences",
    "leeward.disclosures",
    "leeward.my_space",
    "leeward.practice_desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leeward.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leeward.accounts.middleware.SessionLimitsMiddleware",
    "leeward.practice_desk.middleware.OwnWordsMiddleware",
    "leeward.practice_desk.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "leeward.access.middleware.ActorMiddleware",
    "leeward.core.middleware.NoStoreMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "leeward.core.forms.LeewardRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "leeward.core.context.house",
            ],
            # Every form says for whom it was drawn, by the tag that it has to hold anyway.
            "builtins": ["leeward.practice_desk.templatetags.written_by"],
        },
    },
]


def _database_url() -> str:
    """Two roles of PostgreSQL: one serves pages, one owns the tables and runs our commands."""
    serves = os.environ.get("LEEWARD_DATABASE_URL", "")
    owns = os.environ.get("LEEWARD_OWNER_DATABASE_URL", "")
    if owns and not serves:
        raise ImproperlyConfigured(
            "LEEWARD_OWNER_DATABASE_URL is set and LEEWARD_DATABASE_URL is not. Set it too: the"
            " same database, as the role that serves pages."
        )
    # config.cli says for which commands.
    if owns and os.environ.get("LEEWARD_AS_OWNER") == "1":
        return owns
    return serves or f"sqlite:///{DATA_DIR / 'leeward.sqlite3'}"


DATABASES = {
    "default": dj_database_url.parse(_database_url(), conn_max_age=60, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Django's own, which also tells the database whose rows it may show (ADR 32).
    DATABASES["default"]["ENGINE"] = "leeward.access.postgresql"
# The role that `leeward migrate` grants what serving pages needs; empty where one role does both.
LEEWARD_APP_ROLE = (
    dj_database_url.parse(os.environ["LEEWARD_DATABASE_URL"]).get("USER", "")
    if os.environ.get("LEEWARD_OWNER_DATABASE_URL")
    else ""
)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing half-way, and a reader never waits for a writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-64000;"
        ),
    }
# A page and its audit row stand or fall together.
DATABASES["default"]["ATOMIC_REQUESTS"] = True

# --- Keys. The keyring lies apart from the data, with backups of its own (ADR 25). -------------
# Where the key-encryption key comes from: `file`, `environment` or `vault`.
LEEWARD_KEY_PROVIDER = os.environ.get("LEEWARD_KEY_PROVIDER", "file")
LEEWARD_KEYSET_FILE = Path(
    os.environ.get("LEEWARD_KEYSET_FILE", DATA_DIR / "keys" / "keyset.json")
)
# With `vault`: the transit engine of HashiCorp Vault or OpenBao, and the key's name there. The
# token is in a file that the service's agent renews, or in LEEWARD_VAULT_TOKEN, read when asked.
LEEWARD_VAULT_URL = os.environ.get("LEEWARD_VAULT_URL", "")
LEEWARD_VAULT_KEY = os.environ.get("LEEWARD_VAULT_KEY", "leeward")
LEEWARD_VAULT_MOUNT = os.environ.get("LEEWARD_VAULT_MOUNT", "transit")
LEEWARD_VAULT_TOKEN_FILE = os.environ.get("LEEWARD_VAULT_TOKEN_FILE", "")
# How many opened keys a process holds, and how long a destroyed one may still open in another.
LEEWARD_KEYS_HELD = int(os.environ.get("LEEWARD_KEYS_HELD", "5000"))
LEEWARD_KEYS_HELD_SECONDS = int(os.environ.get("LEEWARD_KEYS_HELD_SECONDS", "60"))
KEYRING_FILE = DATA_DIR / "keys" / "keyring.sqlite3"
DATABASES["keyring"] = dj_database_url.parse(
    os.environ.get("LEEWARD_KEYRING_URL") or f"sqlite:///{KEYRING_FILE}",
    conn_max_age=60,
    conn_health_checks=True,
)
if DATABASES["keyring"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["keyring"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a key is on the disk before the first row that it seals. What is deleted is
        # overwritten.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            "PRAGMA temp_store=MEMORY;"
        ),
    }
DATABASE_ROUTERS = ["leeward.sealing.router.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Worker"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "leeward.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# Counted by each process for itself, and by address alone: leeward.accounts.locks does it instead.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "leeward.accounts.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# The telephone's clock and ours may differ by half a minute.
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "leeward.practice_desk.views.agency_sign_in.AgencySignIn"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {"APPS": providers(), "OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid"]}
}
# Going there changes nothing here, and a form may not lead to another site.
SOCIALACCOUNT_LOGIN_ON_GET = True

AXES_HANDLER = "leeward.accounts.locks.LockHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "leeward.accounts.locks.address_of"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# How many proxies stand before Leeward, each adding to X-Forwarded-For what it saw. With none, the
# address of whoever connects is taken, and that header is not believed.
LEEWARD_PROXIES = int(os.environ.get("LEEWARD_PROXIES", "0"))

SESSION_ENGINE = "leeward.accounts.session_store"
SESSION_COOKIE_NAME = "leeward_desk"
SESSION_COOKIE_AGE = 60 * 60 * max(hours for _idle, hours in LEEWARD_SESSION_LIMITS.values())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_NAME = "leeward_desk_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
# The demo answers on plain http on this machine only; everywhere else, TLS or nothing.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 60 * 60 * 24 * 365
# Whether other names under an agency's domain speak TLS is theirs to say, and so is preloading.
# The sign-in page itself says that a name waits: the middleware of django-axes is not needed.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "axes.W002"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Not "no-referrer": browsers then send "Origin: null" and every form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LANGUAGE_COOKIE_NAME = "leeward_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("LEEWARD_STATIC", DATA_DIR / "static"))
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# A nudge that something waits: one fixed sentence and this link, to nowhere by default.
LEEWARD_NOTICE_LINK = os.environ.get("LEEWARD_NOTICE_LINK", "/")
LEEWARD_NOTICE_WEBHOOK = os.environ.get("LEEWARD_NOTICE_WEBHOOK", "")
LEEWARD_NOTICE_EMAIL = os.environ.get("LEEWARD_NOTICE_EMAIL", "")
if LEEWARD_NOTICE_WEBHOOK and not LEEWARD_NOTICE_WEBHOOK.startswith("https://"):
    raise ImproperlyConfigured("LEEWARD_NOTICE_WEBHOOK must begin with https://.")
EMAIL_HOST = os.environ.get("LEEWARD_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LEEWARD_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LEEWARD_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LEEWARD_MAIL_PASSWORD", "")
MAIL_TLS = os.environ.get("LEEWARD_MAIL_TLS", "no")
if MAIL_TLS not in ("no", "starttls", "tls"):
    raise ImproperlyConfigured("LEEWARD_MAIL_TLS is one of no, starttls, tls.")
if EMAIL_HOST_USER and MAIL_TLS == "no":
    raise ImproperlyConfigured("LEEWARD_MAIL_USER asks for LEEWARD_MAIL_TLS: starttls or tls.")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_TLS == "starttls", MAIL_TLS == "tls"
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = os.environ.get("LEEWARD_MAIL_FROM", "desk@localhost")

# The audit's signed heads: a file apart from the database, on another disk where there is one, and
# an address that is given each of them. Seconds between two rounds of the sealer (0: none here),
# between two heads, and how long a row may be on its way to being committed.
LEEWARD_AUDIT_HEADS = Path(
    os.environ.get("LEEWARD_AUDIT_HEADS", DATA_DIR / "audit" / "heads.jsonl")
)
LEEWARD_AUDIT_WEBHOOK = os.environ.get("LEEWARD_AUDIT_WEBHOOK", "")
LEEWARD_AUDIT_SEAL_SECONDS = float(os.environ.get("LEEWARD_AUDIT_SEAL_SECONDS", "5"))
LEEWARD_AUDIT_HEAD_SECONDS = float(os.environ.get("LEEWARD_AUDIT_HEAD_SECONDS", "60"))
LEEWARD_AUDIT_SETTLE_SECONDS = 300
# For whom backups are encrypted: age recipients with commas between, or a file of them. What opens
# them is kept offline.
LEEWARD_BACKUP_RECIPIENTS = os.environ.get("LEEWARD_BACKUP_RECIPIENTS", "")
LEEWARD_KEYRING_RECIPIENTS = os.environ.get("LEEWARD_KEYRING_RECIPIENTS", "")
# The folder of pg_dump and pg_restore, when they are not on the PATH.
LEEWARD_PG_BIN = os.environ.get("LEEWARD_PG_BIN", "")

# Nothing a user typed may reach a log: only the address, the status and our own messages.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "leeward.core.logs.WithoutTypedWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is not there is no fault, and its address may be somebody's words.
    "loggers": {
        # In place of Django's own, which would send faults by mail.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "leeward.core.logs.NothingHeld"
CSRF_FAILURE_VIEW = "leeward.practice_desk.views.session.say_again"

# --- Documents ---------------------------------------------------------------------------------
LEEWARD_MEDIA = Path(os.environ.get("LEEWARD_MEDIA", DATA_DIR / "media"))
LEEWARD_DOCUMENT_BYTES = 10 * 1024 * 1024
# host:port, or the path of a socket, of ClamAV's clamd. Empty: files are not scanned, and say so.
LEEWARD_CLAMAV = os.environ.get("LEEWARD_CLAMAV", "")
# How long the sealed bytes of a document that should not be here are kept. To be confirmed by
# counsel (S.C. 2011 c.4 s.4 says 21 days of those whom it binds).
LEEWARD_CLOSED_DOCUMENT_DAYS = int(os.environ.get("LEEWARD_CLOSED_DOCUMENT_DAYS", "21"))
FILE_UPLOAD_HANDLERS = ["leeward.documents.handlers.InMemoryOnly"]
# One file a form; more are refused before any is read.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
