"""Ids of another agency's objects, in every address, query and form, are ids that nobody has.

The same status, the same page and the same way on, by every method, and nothing of the other
agency's is changed.
"""

import copy
import functools
import re
import uuid
from html.parser import HTMLParser

import pytest
from django.db import connection, transaction
from django.urls import resolve

from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from tests.doors import METHODS, doors
from tests.two_agencies import House, a_house, covered_models

pytestmark = pytest.mark.django_db
NOBODYS = uuid.UUID("00000000-0000-7000-8000-000000000000")
# What is new on every page: the nonce of its policy, the tokens and the ids of its forms.
NEW_EACH_TIME = re.compile(
    rb'nonce="[^"]*"|value="[\w-]{64}"|value="[\w:-]{80,}"|name="id" value="[^"]*"'
)
# Answers that are never twice the same: a challenge, a secret to scan, a code printed on a copy.
NEW_EACH_TIME_IN_FULL = {
    "passkey_ask",
    "passkey_make",
    "second_step_app",
    "plan_copy_en",
    "plan_copy_fr",
    "plan_card_en",
    "plan_card_fr",
    "circle_copy_en",
    "circle_copy_fr",
    "copying_paper",
    "handover_en",
    "handover_fr",
    "covering_copy_en",
    "covering_copy_fr",
    "police_sheet_en",
    "police_sheet_fr",
    "meeting_pack_en",
    "meeting_pack_fr",
    "received_copy_en",
    "received_copy_fr",
}
# Names that views and forms take ids under, beside those that stand in a form or an address.
BY_HAND = ("id", "shown", "worker", "person", "subject", "then", "next", "whose", "author")
# Fields that take no mere word.
GIVEN = {
    "on": "2025-03-10",
    "since": "2025-03-10",
    "review_on": "2025-03-10",
    "due_on": "2025-03-10",
    "other_child_age": "13",
    "name_used": "Somebody Invented",
    "none_of_these": "yes",
}
BY_A_LINK_OR_A_FORM = ("get", "post")
AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Forms(HTMLParser):
    """What a browser would send for the forms of a page: each field's name, kind and value."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, tuple[str, str]] = {}
        self.select = ""

    def handle_starttag(self, tag, attrs):
        has = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select = has.get("name", "")
        elif tag == "option" and self.select and has.get("value"):
            self.fields.setdefault(self.select, ("choice", has["value"]))
        elif tag == "textarea" and "name" in has:
            self.fields.setdefault(has["name"], ("text", "Invented."))
        elif tag == "input" and "name" in has:
            self._input(has["name"], has.get("type", "text"), has.get("value", ""))

    def _input(self, name, kind, value):
        value = value or GIVEN.get(name, "")
        if kind in {"radio", "checkbox", "hidden"}:
            self.fields.setdefault(name, ("choice", value))
        else:
            self.fields.setdefault(name, ("text", value or "Invented"))


@pytest.fixture
def houses():
    return a_house("Made-Up Shore"), a_house("Invented Rivers")


def ids_of(house: House) -> dict[str, uuid.UUID]:
    return {key: value for key, value in house.file.ids().items() if key.endswith("_id")}


def asked(client, method, address, given):
    """What an answer says, with the id that was asked for taken out. Whatever it did is undone."""
    client.cookies = copy.deepcopy(asked.signed_in)
    with transaction.atomic():
        response = getattr(client, method)(address, given["data"])
        done = response.status_code in {200, 204, 302} and method == "post" and given["look"]
        after = rows_of(given["theirs"]) if done else None
        transaction.set_rollback(True)
    body = NEW_EACH_TIME.sub(b"", getattr(response, "content", b""))
    for each in given["ids"]:
        body = body.replace(str(each).encode(), b"")
    # What was just made has an id of its own.
    way_on = AN_ID.sub("", response.headers.get("Location", ""))
    return (response.status_code, body, way_on), after


@functools.cache
def sql_of_rows(table, key, count):
    """What reads rows as they lie: what is sealed stays sealed, and opening it would take longer
    than all the rest of this file."""
    name, key = (connection.ops.quote_name(each) for each in (table, key))
    places = ", ".join(["%s"] * count)
    return f"SELECT * FROM {name} WHERE {key} IN ({places}) ORDER BY {key}"  # noqa: S608


def rows_of(house):
    """Every value of every row of an agency."""
    found = {}
    with connection.cursor() as cursor:
        for model in covered_models():
            key, keys = model._meta.pk, house.keys[model._meta.db_table]
            asked = [key.get_db_prep_value(each, connection) for each in keys]
            cursor.execute(sql_of_rows(model._meta.db_table, key.column, len(asked)), asked)
            found[model._meta.label] = cursor.fetchall()
    return found


def compare(client, method, address_of, theirs, foreign, data_of=lambda _: {}):
    """Nothing when foreign ids are answered as one that nobody has; else what differs.

    `foreign` is one id or several that may stand in the same place.
    """
    several = foreign if isinstance(foreign, list) else [foreign]
    every = (*several, NOBODYS)

    def answer_to(each):
        given = {"data": data_of(each), "ids": every, "theirs": theirs}
        return asked(client, method, address_of(each), given | {"look": each != NOBODYS})

    nobodys, _after = answer_to(NOBODYS)
    found = []
    for each in several:
        answer, after = answer_to(each)
        if after is not None and after != compare.stood:
            found.append((method, address_of(each), "changed what is theirs"))
        else:
            found += unlike(method, address_of(each), data_of("…"), (answer, nobodys))
    return found


def unlike(method, address, data, answers):
    """What differs between the answers to a foreign id and to nobody's, if anything does."""
    if resolve(address).url_name in NEW_EACH_TIME_IN_FULL:
        answers = [(status, b"", way_on) for status, _body, way_on in answers]
    if answers[0] != answers[1]:
        return [(method, address, data, answers[0][0], answers[1][0])]
    return []


# A fault of the code shows where no row-level security stands behind it: on SQLite, by all three.
ON_ONE_ENGINE = (
    pytest.param(each, marks=pytest.mark.one_engine) for each in ("supervisor", "privacy_officer")
)


@pytest.fixture(params=["worker", *ON_ONE_ENGINE])
def attacker(request, client, houses):
    """Somebody of Made-Up Shore, signed in: on the team, over it, or for the whole agency."""
    ours, theirs = houses
    who = getattr(ours, request.param, None)
    client.force_login(who or WorkerFactory.create(agency=ours.agency, role=request.param))
    compare.stood = rows_of(theirs)
    # Signing out, too, is tried and undone.
    asked.signed_in = copy.deepcopy(client.cookies)
    return client


def test_foreign_object_everywhere(attacker, houses):
    ours, theirs = houses
    own, foreign = ids_of(ours), ids_of(theirs)
    leaks = []
    for door in doors():
        for name in door.objects:
            every = ours.file.ids()
            for method in METHODS:
                leaks += compare(
                    attacker,
                    method,
                    lambda id_, every=every, name=name, door=door: door.address(
                        every | {name: id_}
                    ),
                    theirs,
                    foreign[name],
                )
                # An address with one id in it is theirs altogether already.
                if method not in BY_A_LINK_OR_A_FORM or len(door.objects) == 1:
                    continue
                # The whole address theirs, as somebody has it who was sent a link.
                leaks += compare(
                    attacker,
                    method,
                    lambda id_, name=name, door=door: door.address(
                        ours.file.ids() | foreign | {name: id_}
                    ),
                    theirs,
                    foreign[name],
                )
    assert not leaks
    assert own.keys() == foreign.keys()


def fields_of(client, address):
    client.cookies = copy.deepcopy(asked.signed_in)
    page = client.get(address)
    parsed = Forms()
    if page.headers.get("Content-Type", "").startswith("text/html"):
        parsed.feed(page.content.decode())
    return parsed.fields


def kinds(theirs: House, name: str) -> list[uuid.UUID]:
    """The foreign ids to try in a field: the one it is named for, else one of each kind."""
    named = ids_of(theirs) | {"worker": theirs.worker.pk, "to": theirs.worker.pk}
    if name in named:
        return [named[name]]
    return [theirs.file.person.pk, theirs.worker.pk, theirs.file.note.pk]


def test_in_every_query(attacker, houses):
    ours, theirs = houses
    leaks = []
    for door in doors():
        address = door.address(ours.file.ids())
        leaks += compare(
            attacker,
            "get",
            lambda _id, address=address: address,
            theirs,
            kinds(theirs, ""),
            lambda id_: dict.fromkeys([*BY_HAND, *ids_of(theirs)], str(id_)),
        )
    assert not leaks


# On PostgreSQL row-level security stands behind every form: a fault would hide behind it.
@pytest.mark.one_engine
def test_in_every_field_of_every_form(attacker, houses):
    ours, theirs = houses
    leaks, tried = [], 0
    for door in doors():
        view = getattr(door.view, "view_class", None)
        if view and not hasattr(view, "post"):
            continue
        address = door.address(ours.file.ids())
        fields = fields_of(attacker, address)
        plain = GIVEN | {name: value for name, (_kind, value) in fields.items()}
        plain.pop("csrfmiddlewaretoken", None)
        chosen = {name for name, (kind, _value) in fields.items() if kind == "choice"}
        # What the form offers, one after the other; what it does not, all at once.
        for names in [*([each] for each in sorted(chosen)), BY_HAND[:4]]:
            foreign = kinds(theirs, names[0])
            tried += len(foreign)
            leaks += compare(
                attacker,
                "post",
                lambda _id, address=address: address,
                theirs,
                foreign,
                lambda id_, names=names, plain=plain: plain | dict.fromkeys(names, str(id_)),
            )
    assert not leaks
    assert tried > len(doors())


def test_the_fields_that_offer_workers_offer_ours_alone(attacker, houses):
    ours, theirs = houses
    for door in doors():
        page = attacker.get(door.address(ours.file.ids()))
        for somebody in Worker.objects.filter(agency=theirs.agency):
            assert str(somebody.pk).encode() not in page.getvalue(), door.name
