"""Reading a page as whoever fills it in: its links and its forms."""

import datetime as dt
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from tests.leaks.words import BORN, STEMS, said

DAY_LIKE = re.compile(r"(^|_)(on|since|until|date|when|day|due_on|said_on|born|start|end)$")
TIME_LIKE = re.compile(r"at|back|time|quiet_\w+")
NUMBER_LIKE = re.compile(r"age|year|number|count|days|hours|code$")


@dataclass
class Form:
    """One form of a page: where it goes, and its fields in order."""

    action: str
    method: str
    fields: list[dict[str, str]] = field(default_factory=list)
    # Whether a button without a name sends it; what other buttons beside that one say.
    by_itself: bool = False
    aside: dict[str, str] = field(default_factory=dict)

    def names(self) -> set[str]:
        """Of every field in which something can be typed or chosen."""
        return {each["name"] for each in self.fields if each["type"] != "hidden"}

    def fill(self, turn: int) -> dict[str, Any]:
        """Fill it with words. Turn 0: words everywhere, dates too. Later: as a form wants it."""
        typed: dict[str, Any] = {}
        groups: dict[str, list[str]] = {}
        for each in self.fields:
            name, kind, value = each["name"], each["type"], each["value"]
            if kind == "hidden":
                typed[name] = value
            elif kind in {"radio", "option", "checkbox"}:
                groups.setdefault(name, []).append(value)
            elif kind != "file":
                typed[name] = _text(each, turn)
        for name, values in groups.items():
            offered = [value for value in values if value] or [""]
            typed[name] = offered[turn % len(offered)]
        return typed


def _text(each: dict[str, str], turn: int) -> str:
    longest = int(each["maxlength"] or 400)
    if turn == 0:
        return said(longest)
    if each["name"] == "born":
        return BORN
    if each["inputmode"] == "email":
        return f"{STEMS[0]}@example.org"
    if each["name"] == "until":
        return (dt.date.today() + dt.timedelta(days=1)).isoformat() if turn % 2 else ""  # noqa: DTZ011
    is_time = TIME_LIKE.fullmatch(each["name"])
    if each["type"] == "date" or (DAY_LIKE.search(each["name"]) and not is_time):
        return dt.date.today().isoformat() if turn % 2 else ""  # noqa: DTZ011
    if is_time:
        # Where a form asks for two times, they are not the same.
        return f"00:{len(each['name']):02}" if turn % 2 else ""
    if each["inputmode"] == "numeric" or NUMBER_LIKE.search(each["name"]):
        return "13" if turn % 2 else ""
    return said(longest)


class Page(HTMLParser):
    """The links, the forms and the title of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.forms: list[Form] = []
        self.title = ""
        self._open: Form | None = None
        self._select = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what can be followed, filled or chosen."""
        said_of = {name: value or "" for name, value in attrs}
        if tag == "a" and said_of.get("href", "").startswith("/"):
            self.links.add(said_of["href"])
        elif tag == "form":
            method = said_of.get("method", "get").lower()
            self._open = Form(said_of.get("action", ""), method)
            self.forms.append(self._open)
        elif tag == "title":
            self._in_title = not self.title
        elif self._open and tag in {"input", "textarea", "select", "option", "button"}:
            self._take(tag, said_of)

    def _take(self, tag: str, said_of: dict[str, str]) -> None:
        assert self._open is not None
        if tag == "select":
            self._select = said_of.get("name", "")
            return
        if tag == "option":
            kind, name = "option", self._select
        else:
            kind, name = said_of.get("type", "text"), said_of.get("name", "")
        if kind in {"submit", "button"} or tag == "button":
            # Enter presses the first button: one further down is pressed in a turn of its own.
            sends = said_of.get("type", "submit") == "submit"
            if self._open.by_itself and name:
                self._open.aside[name], name = said_of.get("value", ""), ""
            self._open.by_itself = self._open.by_itself or (sends and not name)
            kind = "hidden"
        if name:
            self._open.fields.append(
                {
                    "name": name,
                    "type": "text" if tag == "textarea" else kind,
                    "value": said_of.get("value", ""),
                    "maxlength": said_of.get("maxlength", ""),
                    "inputmode": said_of.get("inputmode", ""),
                }
            )

    def handle_endtag(self, tag: str) -> None:
        """A form or a title is over."""
        if tag == "form":
            self._open = None
        elif tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        """Only a title's text matters here."""
        if self._in_title:
            self.title += data
