"""What may stand in a log: our own sentences, kinds of faults, and where in the code they came.

Django puts the address and the fault's own text into its log, and a fault's text is often the very
word that could not be read: `invalid literal for int(): 'her new number'`. An address may be
somebody's words too. So the words of other programs are left out, and the shape of what happened
is kept. Nothing here is for the audit, which holds who did what.
"""

import datetime as dt
import logging
from collections.abc import ItemsView, Iterator
from traceback import extract_tb
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

OURS = ("leeward", "config")
LEFT_OUT = "(the words of this program are not kept)"


class WithoutTypedWords(logging.Formatter):
    """One line for what happened, then the kind of each fault and the lines of code it passed."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without anything that came from outside. Times are UTC."""
        when = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="seconds")
        lines = [f"{when} {record.levelname} {record.name} {_words(record)}"]
        if record.exc_info and record.exc_info[1]:
            lines += _faults(record.exc_info[1])
        return "\n".join(lines)


def _words(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{getattr(record, 'status_code', '-')} {_method(request)} {_route(request)}"
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    # With arguments apart, the sentence is the programmer's; without, anything may be in it.
    return str(record.msg) if record.args else LEFT_OUT


def _method(request: HttpRequest) -> str:
    # The method is the sender's own word as well.
    return request.method if request.method in {"GET", "POST", "HEAD"} else "-"


def _route(request: HttpRequest) -> str:
    """The address as urls.py writes it, without what stands in its places."""
    match = request.resolver_match
    return f"/{match.route}" if match else "(no such page)"


def _faults(fault: BaseException | None) -> Iterator[str]:
    """The fault and those it came from, newest first; their texts are left out."""
    told: set[int] = set()
    while fault is not None and id(fault) not in told:
        told.add(id(fault))
        yield f"  {type(fault).__module__}.{type(fault).__qualname__}"
        yield from _passed(fault.__traceback__)
        fault = fault.__cause__ or fault.__context__


def _passed(trace: TracebackType | None) -> Iterator[str]:
    # nosemgrep: no-traceback-of-a-log-holds-locals - names of our files and functions alone
    for frame in extract_tb(trace):
        yield f"    {frame.filename}:{frame.lineno} {frame.name}"


class NothingHeld(SafeExceptionReporterFilter):
    """For Django's own reports of faults: no variables, no form, no cookies, whatever DEBUG is."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """None of them."""
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        """None of them."""
        return ItemsView({})

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, Any]:
        """None of it: cookies and addresses stand there."""
        return {}

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        """None of them."""
        return {}
