"""What `leeward check --deploy` asks of the place Leeward runs in, so that words stay inside."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# Settings of PostgreSQL that write statements into its own log, and the values that do not.
# https://www.postgresql.org/docs/current/runtime-config-logging.html
QUIET = {
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_parameter_max_length": {"0"},
    "log_parameter_max_length_on_error": {"0"},
}


@register(Tags.security, deploy=True)
def nothing_is_sent_by_mail(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> Iterable[CheckMessage]:
    """A report of a fault by mail leaves the agency's own machines."""
    if settings.ADMINS or settings.MANAGERS:
        return [
            Error(
                "ADMINS or MANAGERS is set, so that faults could be sent by mail.",
                hint="Leave both empty. Faults go to the log, without words of people.",
                id="leeward.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def faults_are_told_without_words(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> Iterable[CheckMessage]:
    """The log and Django's own reports leave out what people typed."""
    logging: dict[str, Any] = settings.LOGGING
    formatters = logging.get("formatters", {}).values()
    kept = [each for each in formatters if each.get("()") != "leeward.core.logs.WithoutTypedWords"]
    if kept or settings.DEFAULT_EXCEPTION_REPORTER_FILTER != "leeward.core.logs.NothingHeld":
        return [
            Error(
                "A log or a report of faults may hold what people typed.",
                hint="Keep LOGGING and DEFAULT_EXCEPTION_REPORTER_FILTER as they came.",
                id="leeward.E002",
            )
        ]
    return []


@register(Tags.database, deploy=True)
def statements_are_not_logged(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **_options: Any,
) -> Iterable[CheckMessage]:
    """PostgreSQL keeps no copy of statements: `leeward check --deploy --database default`."""
    return [
        checks.Warning(
            f"PostgreSQL ({alias}) writes statements or their values into its own log: {name}.",
            hint=f"Set {name} to {' or '.join(sorted(quiet))} for the role or the database.",
            id="leeward.W003",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for name, quiet in QUIET.items()
        if _says(alias, name) not in quiet
    ]


def _says(alias: str, name: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_settings WHERE name = %s", [name])
        row = cursor.fetchone()
    return str(row[0]) if row else ""
