"""The personas of the demo: invented workers whom anybody may be, with one button each."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.accounts import sessions
from leeward.accounts.models import Worker
from leeward.accounts.signing_in import SigningIn
from leeward.audit import actions as audit
from leeward.practice_desk.invented.cast import persona_keys
from leeward.practice_desk.invented.sharing import PARTNER

ROLES = {
    "wren": _("Worker. Writes in English."),
    "odile": _("Youth-in-transition worker. Writes in French."),
    "sam": _("Supervisor. Sees the files of the whole team."),
    "robin": _("Agency administrator. Opens no file."),
    "noor": _("Agency administrator. Opens no file."),
    "lise": _("Privacy officer. Opens no file. Writes in French."),
    "tala": _("Worker. Writes in English."),
    "ada": _("Supervisor. Sees the files of the whole team."),
    "kai": _("Agency administrator. Opens no file."),
    "june": _("Agency administrator. Opens no file."),
    "elio": _("Privacy officer. Opens no file."),
    "piper": _("Police partner. Opens no file: only what others gave."),
}


@dataclass(frozen=True)
class Persona:
    """One sign-in button."""

    key: str
    username: str
    name: str
    agency: str
    role_text: str | Promise
    language: str


class NotHere(Exception):
    """There is no such persona, or this is not the demo."""


def personas() -> list[Persona]:
    """The invented workers one may be, by agency; none outside the demo or before it is filled."""
    if not settings.DEMO:
        return []
    keys = persona_keys() | {PARTNER: PARTNER}
    workers = {
        one.username: one
        for one in Worker.objects.filter(
            username__in=keys, agency__invented=True, is_active=True
        ).select_related("agency")
    }
    return [
        Persona(
            key=key,
            username=username,
            name=workers[username].display_name,
            agency=workers[username].agency.name,
            role_text=ROLES[key],
            language=workers[username].language,
        )
        for username, key in keys.items()
        if username in workers
    ]


@transaction.atomic
def sign_in_persona(*, request: HttpRequest, key: str) -> Worker:
    """Sign this browser in as a persona, and record it. Raises NotHere outside the demo."""
    chosen = next((one for one in personas() if one.key == key), None)
    if chosen is None:
        raise NotHere
    worker = Worker.objects.get(username=chosen.username, agency__invented=True)
    who = SigningIn(id=worker.id, agency_id=worker.agency_id)
    audit.record(by=who, action="worker.sign_in", subject=worker.id, purpose="demo")
    login(request, worker, backend=settings.AUTHENTICATION_BACKENDS[-1])
    # One button is all there is to being invented: it counts as the second factor too.
    agent = request.headers.get("User-Agent", "")
    sessions.begin(request.session, second_factor=True, agent=agent)
    return worker
