"""Every address there is, read from the URL patterns themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
ASKED = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Door:
    """One address: its name, what it asks for, and the view behind it."""

    name: str
    asks: tuple[str, ...]
    view: Any

    def address(self, ids: dict[str, Any]) -> str:
        """Where it is, with these ids. Raises KeyError for one that tests.cast does not give."""
        given = {each: ids[each] for each in self.objects}
        # A word in an address that is no id, such as the secret of a link, is one nobody has.
        words = {each: ids.get(each, "invented") for each in set(self.asks) - set(given)}
        return reverse(self.name, kwargs=given | words)

    @property
    def objects(self) -> tuple[str, ...]:
        """The ids in the address."""
        return tuple(each for each in self.asks if each.endswith("_id"))


def doors() -> list[Door]:
    """Every named address. Raises AssertionError for one without a name."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], space: str, before: str) -> Iterator[Door]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, inner, route)
        elif isinstance(each, URLPattern):
            assert each.name, f"{route} has no name"
            yield Door(f"{space}{each.name}", tuple(ASKED.findall(route)), each.callback)
