"""A nudge outside Leeward that something waits: off unless the agency sets an address for it.

Every nudge is the same: one fixed sentence and a link to the front page. It says nothing of what
waits, for whom or how much. It leaves after the transaction, from a thread of its own: whoever
caused it cannot tell by the time their page took, and a mail server that is down fails nobody.
"""

import json
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from http.client import HTTPException, HTTPSConnection
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

log = logging.getLogger("leeward.notices")

SECONDS = 5


def sentence() -> str:
    """All that a nudge ever says, in each language of the house, one to a line."""
    said = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.append(_("You have something new to look at."))
    return "\n".join(dict.fromkeys(said))


class Refused(Exception):
    """The mail server would not take a letter to this address."""


class NotReached(Exception):
    """The mail server is not there, or takes nothing from us now."""


def message() -> str:
    """The sentence and the link, as they leave by mail."""
    return f"{sentence()}\n{settings.LEEWARD_NOTICE_LINK}"


def nudge() -> list[Future[None]]:
    """Send the sentence wherever the settings say; nowhere by default. Returns at once."""
    ways: list[Callable[[], None]] = []
    if settings.LEEWARD_NOTICE_WEBHOOK:
        ways.append(_post)
    if settings.LEEWARD_NOTICE_EMAIL:
        ways.append(_mail)
    return [_thread().submit(_try, way) for way in ways]


@cache
def _thread() -> ThreadPoolExecutor:
    # One at a time: a flood of notices must not become a flood of connections.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="leeward-nudge")


def _try(way: Callable[[], None]) -> None:
    try:
        way()
    except (OSError, HTTPException):
        # The notice stands on Home whatever happens here. The reason may hold an address.
        log.warning("A nudge about a notice could not be delivered.")


def _post() -> None:
    address = urlsplit(settings.LEEWARD_NOTICE_WEBHOOK)
    line = HTTPSConnection(address.hostname or "", address.port, timeout=SECONDS)
    try:
        line.request(
            "POST",
            address.path + (f"?{address.query}" if address.query else ""),
            body=json.dumps({"text": sentence(), "link": settings.LEEWARD_NOTICE_LINK}),
            headers={"Content-Type": "application/json"},
        )
        answered = line.getresponse().status
    finally:
        line.close()
    if answered >= 300:
        raise HTTPException(str(answered))


def _mail() -> None:
    subject = sentence().partition("\n")[0]
    send_mail(subject, message(), None, [settings.LEEWARD_NOTICE_EMAIL])


def write_to(address: str, link: str) -> None:
    """Send the sentence and a link to one worker's own address, and wait until it has left.

    Raises Refused and NotReached. Neither the address nor the server's answer is logged.
    """
    said = sentence()
    try:
        send_mail(said.partition("\n")[0], f"{said}\n{link}", None, [address])
    except (SMTPRecipientsRefused, SMTPDataError):
        log.warning("A mail server refused to take a letter to a worker.")
        raise Refused from None
    except OSError:
        log.warning("The mail server could not be reached.")
        raise NotReached from None
