"""The row that a request leaves when it was refused or failed: signed in or not."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from leeward.access.actors import Actor
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.audit.requests import Served

# Asked to sign in, forbidden (a form without its token too), not there for them, too many.
REFUSALS = frozenset({401, 403, 404, 429})
TO_SIGN_IN = 302
FAILED = 500


@dataclass(frozen=True)
class Nobody:
    """Whoever asks without having signed in."""

    kind: str = "nobody"
    id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None


def record_refusal(
    request: HttpRequest, response: HttpResponse, actor: Actor | None, served: Served
) -> None:
    """Record that an address of ours was refused, or failed, unless a row already says so.

    Call it outside the view's transaction, which a refusal has rolled back: the row survives it.
    An address that is none of ours, and one that merely leads to the sign-in page without naming
    anybody, leave no row.
    """
    match = request.resolver_match
    if match is None or served.told:
        return
    subject = _subject(match.kwargs)
    kept_out = actor is None and subject is not None and response.status_code == TO_SIGN_IN
    failed = response.status_code >= FAILED
    if not (failed or kept_out or response.status_code in REFUSALS):
        return
    outcome = AuditRow.Outcome.FAILED if failed else AuditRow.Outcome.REFUSED
    action = match.url_name or "unnamed"
    audit.record(by=actor or Nobody(), action=action, subject=subject, outcome=outcome)


def _subject(asked: dict[str, object]) -> uuid.UUID | None:
    """A page of a file names its person; any other, the one thing it is about."""
    found = asked.get("person_id") or next(iter(asked.values()), None)
    return found if isinstance(found, uuid.UUID) else None
