"""What My space has of its own: the settings of its process, worked out from everybody's (ADR 40).

Nothing of Practice is installed, drawn or served there. Kept apart from the settings themselves so
that tests can put it over theirs.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent.parent / "leeward"
DOOR = PACKAGE / "my_space"
# What draws and serves Practice alone.
NOT_HERE = ("leeward.practice_desk", "allauth", "django_htmx", "django.contrib.messages")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "leeward.my_space.middleware.LightFiles",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "leeward.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "leeward.my_space.middleware.SpaceMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]


def changed(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that differ from those of Practice."""
    demo: bool = settings["DEMO"]
    places = (settings["LEEWARD_MY_SPACE_LEAVE_TO"], *settings["LEEWARD_MY_SPACE_PLACES"])
    found = dict.fromkeys(urlsplit(each)[:2] for each in places)
    policy: dict[str, Any] = settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    return {
        "ROOT_URLCONF": "leeward.my_space.urls",
        "ALLOWED_HOSTS": settings["LEEWARD_MY_SPACE_HOSTS"] or (["localhost"] if demo else []),
        "CSRF_TRUSTED_ORIGINS": [],
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": [_templates()],
        # Names that say nothing. None of them lasts longer than the browser's own window.
        "SESSION_COOKIE_NAME": "s",
        "CSRF_COOKIE_NAME": "t",
        "CSRF_COOKIE_AGE": None,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "LANGUAGE_COOKIE_NAME": "l",
        "LANGUAGE_COOKIE_AGE": None,
        "CSRF_FAILURE_VIEW": "leeward.my_space.views.again",
        "STATIC_URL": "/s/",
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "STATICFILES_DIRS": [
            DOOR / "files",
            ("f", PACKAGE / "core/static/leeward/fonts"),
            ("k", PACKAGE / "core/static/leeward/shared"),
        ],
        "STATIC_ROOT": None,
        "STORAGES": {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        },
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_MAX_AGE": 600,
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": policy
            | {
                "script-src": policy["script-src"][:1],
                "style-src": policy["style-src"][:1],
                # A browser asks this of where a form leads in the end, too.
                "form-action": [*policy["form-action"], *("://".join(each) for each in found)],
            }
        },
        "SECURE_REFERRER_POLICY": "same-origin",
        # A plan written on one screen in syllabics, each letter sent as nine.
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 3 * 1024 * 1024,
    }


def installed(apps: list[str]) -> list[str]:
    """The apps of this process: every table, and no page of Practice."""
    return [each for each in apps if not each.startswith(NOT_HERE)]


def _templates() -> dict[str, Any]:
    # Named folders and no others: no app can lend this door a page by chance.
    folders = [DOOR / "templates", PACKAGE / "entry/templates"]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": folders,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "leeward.my_space.context.house",
            ],
        },
    }
