"""What somebody can tell from an answer: its status, where it leads, its words, and the number of
questions the database was asked. Two answers that are alike tell nothing."""

import re
from difflib import ndiff
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# What differs between two askings of the very same page.
OF_THE_MOMENT = re.compile(
    r'nonce="[^"]*"|name="(?:csrfmiddlewaretoken|writer|carried|id)" value="[^"]*"'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


def answer(client: Client, method: str, url: str, data: Any = None) -> tuple[Any, ...]:
    """Ask, and return all that can be told from the answer."""
    with CaptureQueriesContext(connection) as asked:
        response = getattr(client, method)(url, data or {})
    leads = OF_THE_MOMENT.sub("", response.headers.get("Location", ""))
    body = OF_THE_MOMENT.sub("", response.content.decode())
    return response.status_code, leads, body, [_shape(each["sql"]) for each in asked]


def _shape(sql: str) -> str:
    """A question without its values, so that a difference says which one it is."""
    bare = re.sub(r"'(?:[^']|'')*'|\b[0-9a-f]{32}\b|\bs\d+_x\d+\b|\b\d+\b", "?", sql)
    return re.sub(r"(?:\(\?(?:, \?)*\)(?:, )?|\?(?:, \?)+)", "?", bare)[:300]


def unused(url: str, *ids: Any) -> str:
    """The same address with ids that nothing ever had."""
    for each in ids:
        if isinstance(each, UUID):
            url = url.replace(str(each), str(uuid4()))
    return url


def differences(one: tuple[Any, ...], other: tuple[Any, ...]) -> list[str]:
    """What tells two answers apart; empty when nothing does."""
    found = [f"{a!r} against {b!r}" for a, b in zip(one[:2], other[:2], strict=True) if a != b]
    found += _in_one_alone(one[2].splitlines(), other[2].splitlines())
    return found + _in_one_alone(one[3], other[3])


def _in_one_alone(one: list[str], other: list[str]) -> list[str]:
    if one == other:
        return []
    return [line for line in ndiff(one, other) if line[0] in "+-"]
