"""Every address × method × role × relation to the file, against roles.csv and nothing else.

The table is read here from its own text, not through `access.rules`: two readers must agree. An
address whose view names no action of the table fails, unless OPEN says why it is for everybody.
"""

import csv
from dataclasses import dataclass
from http.cookies import SimpleCookie
from importlib import resources
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from leeward.accounts.factories import AgencyFactory, WorkerFactory, supervise
from leeward.audit.models import AuditRow
from leeward.people.factories import (
    AssignmentFactory,
    BreakGlassFactory,
    ConflictLockFactory,
    YoungPersonFactory,
)
from tests.cast import FullFile, full_file
from tests.doors import METHODS, Door, doors

pytestmark = pytest.mark.django_db

TEXT = resources.files("leeward.access").joinpath("roles.csv").read_text(encoding="utf-8")
ROWS = {row["action"]: row for row in csv.DictReader(TEXT.splitlines())}
NOT_A_ROLE = {"action", "in plain words", "by break-glass"}
ROLES = [each for each in next(iter(ROWS.values())) if each not in NOT_A_ROLE]

TEAM, OVER, SAME, OTHER = "on the team", "supervisor of the team", "same agency", "other agency"
GLASS, LOCKED = "broke the glass", "on the team, and locked out"
RELATIONS = (TEAM, OVER, SAME, OTHER, GLASS, LOCKED)
# Whom each word of the table reaches. Nobody in another agency, and nobody past a lock.
REACHED = {
    "team": {TEAM},
    "supervised": {TEAM, OVER},
    "agency": {TEAM, OVER, SAME, GLASS},
    "yes": {TEAM, OVER, SAME, GLASS},
}
# Addresses that somebody who is not signed in may ask for, and what they answer.
OPEN = {
    "account_login": {200, 405},
    "account_logout": {200, 302, 405},
    "sign_in_over": {405, 422},
    "start": {200, 404, 405},
    "start_link": {200, 404, 405},
    "start_passkey": {404, 405},
    "mfa_authenticate": {302, 405},
    "passkey_ask": {200, 405},
}
# A draft belongs to a form that writes in the file: its own row, and this one's reach.
ALSO = {"draft": "file.write"}
# These are for the one they were made for, who is none of these people.
FOR_ONE_ALONE = {
    *("notice_open", "notice_settle"),
    *("received", "received_keep", "received_copy_en", "received_copy_fr"),
    *("received_answer", "given"),
}
# These are reached by how one stands to a worker, or are a house's: no relation to a file says
# so. What is tried here is the role and the agency, and the rest where administration is.
ABOUT_A_WORKER = {"worker_id", "request_id", "change_id", "residence_id"}
# Whoever is left over of them: it depends on what was asked for, and by whom.
PERHAPS = {"request", "take_back", "hand_over"} | {
    # Whom one supervises is not said by how one stands to a file (test_covering_pages).
    "arrange_cover",
    # Who took a concern down, or brought a caseload, is none of these people.
    *("concern_who", "caseload", "caseload_columns", "caseload_row", "caseload_end"),
}
# A form that comes after a search sends whoever did not search to Find.
AFTER_A_SEARCH = {"open_file"}
# A device that keeps this page answers by itself; the server leads to the page it was kept from.
A_DEVICES_OWN = {"urgency_kept"}
# One near a file and one for the whole agency are tried on both engines; the rest is the table's.
ON_BOTH_ENGINES = {"worker", "privacy_officer"}
WELL = {
    "get": {200},
    "head": {200},
    "options": {200},
    "post": {200, 204, 302, 422},
    "put": set[int](),
    "patch": set[int](),
    "delete": set[int](),
}


@dataclass
class Standing:
    """Somebody of a role, as they stand to the file, with a browser."""

    relation: str
    who: str
    client: Client
    file: FullFile


def action_of(door: Door) -> str:
    return str(getattr(getattr(door.view, "view_class", door.view), "action", ""))


TABLED = [each for each in doors() if each.name not in OPEN]


def test_every_address_names_a_row_of_the_table_or_is_open_with_a_reason():
    assert not [each.name for each in TABLED if action_of(each) not in ROWS]
    assert set(OPEN) <= {each.name for each in doors()}
    assert set(ALSO.values()) <= set(ROWS)


def test_the_table_has_a_word_for_each_role_in_each_row():
    assert len(ROLES) == 10
    for action, row in ROWS.items():
        assert {row[role] for role in ROLES} <= {"no", *REACHED}, action


def answers(door: Door, method: str) -> bool:
    """Whether the view has such a method at all."""
    view = getattr(door.view, "view_class", door.view)
    asked = "get" if method == "head" else method
    return method in getattr(view, "http_method_names", METHODS) and hasattr(view, asked)


def reaches(action: str, role: str, relation: str) -> bool:
    said, by_glass = ROWS[action][role], ROWS[action]["by break-glass"] == "yes"
    return said != "no" and (relation in REACHED[said] or (relation == GLASS and by_glass))


def right(door: Door, method: str, role: str, relation: str) -> set[int]:
    """The statuses that the table gives somebody of this role who stands so to the file."""
    action = action_of(door)
    no_method = set() if answers(door, method) else {405}
    if ROWS[action][role] == "no":
        # By the role alone, whatever id stands in the address.
        return {403} | no_method
    reached = reaches(action, role, relation) and reaches(
        ALSO.get(door.name, action), role, relation
    )
    if ABOUT_A_WORKER & set(door.objects):
        reached = relation != OTHER
    if door.objects and (not reached or door.name in FOR_ONE_ALONE):
        return {404} | no_method
    perhaps = {404} if door.name in PERHAPS else set()
    if not answers(door, method):
        return {405} | perhaps
    view: Any = getattr(door.view, "view_class", None)
    led_on = door.name in AFTER_A_SEARCH | A_DEVICES_OWN | PERHAPS
    elsewhere = led_on or getattr(view, "fresh", False)
    return WELL[method] | perhaps | ({302} if elsewhere else set())


def status(somebody: Standing, method: str, address: str) -> int:
    """What an address answers. Whatever was done there is undone."""
    client = somebody.client
    signed_in_as = client.cookies.output()
    with transaction.atomic():
        found = getattr(client, method)(address).status_code
        refused = found in {403, 404} and AuditRow.objects.order_by("id").last()
        told = refused and (str(refused.actor_id), refused.outcome) == (somebody.who, "refused")
        transaction.set_rollback(True)
    if client.cookies.output() != signed_in_as:
        client.cookies = SimpleCookie(signed_in_as.replace("Set-Cookie: ", ""))
    # Refused, and nothing in the log says so: no status that anything expects.
    return int(found) if told or refused is False else -int(found)


def signed_in(worker: Any) -> Client:
    client = Client()
    client.force_login(worker)
    return client


@pytest.fixture
def file(wren, supervisor, agency):
    """A full file whose team Wren is on."""
    person = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    return full_file(person, wren, supervisor)


def cast_of(role: str, file: FullFile, wren: Any) -> list[Standing]:
    """One of this role for each relation."""
    agency = file.person.agency
    who = {each: WorkerFactory.create(agency=agency, role=role) for each in RELATIONS}
    who[OTHER] = WorkerFactory.create(agency=AgencyFactory.create(), role=role)
    supervise(who[OVER], wren)
    for each in (TEAM, LOCKED):
        AssignmentFactory(person=file.person, worker=who[each])
    ConflictLockFactory(person=file.person, worker=who[LOCKED])
    BreakGlassFactory(person=file.person, worker=who[GLASS])
    return [Standing(each, str(who[each].pk), signed_in(who[each]), file) for each in RELATIONS]


def tried_from(door: Door, role: str) -> set[str]:
    """How whoever tries this door stands to the file.

    Where no file is meant, that changes nothing: asked once. What the table keeps from a role
    altogether is refused before anything is fetched: from nearest by, and from farthest off.
    """
    if not door.objects:
        return {OTHER}
    return {TEAM, OTHER} if ROWS[action_of(door)][role] == "no" else set(RELATIONS)


def wrong_at(door: Door, somebody: Standing, role: str) -> list[tuple[Any, ...]]:
    """The methods by which this address does not answer as the table says."""
    # Who stands nowhere near tries everything, in the roles tried on both engines; the rest, what
    # browsers do.
    all_of_them = somebody.relation == OTHER and role in ON_BOTH_ENGINES
    methods = METHODS if all_of_them else ("get", "post")
    address, found = door.address(somebody.file.ids()), []
    for method in methods:
        said = status(somebody, method, address)
        if said not in (expected := right(door, method, role, somebody.relation)):
            found.append((door.name, method, role, somebody.relation, said, expected))
    return found


EACH_ROLE = [
    pytest.param(each, marks=[] if each in ON_BOTH_ENGINES else [pytest.mark.one_engine])
    for each in ROLES
]


@pytest.mark.parametrize("role", EACH_ROLE)
def test_every_door(role, file, wren):
    wrong = []
    for somebody in cast_of(role, file, wren):
        for door in TABLED:
            if somebody.relation in tried_from(door, role):
                wrong += wrong_at(door, somebody, role)
    assert not wrong


def test_every_door_for_whoever_is_not_signed_in(file):
    wrong, client = [], Client()
    for door in doors():
        address = door.address(file.ids())
        for method in METHODS:
            client.cookies.clear()
            response = getattr(client, method)(address)
            if door.name in OPEN:
                may = OPEN[door.name] | {200, 405}
            elif door.name in ("draft", "concern_draft"):
                may = {401, 405}
            else:
                may = {302}
            if response.status_code not in may:
                wrong.append((door.name, method, response.status_code))
            elif response.status_code == 302 and door.name not in OPEN:
                assert response.headers["Location"].startswith(reverse("account_login"))
    assert not wrong
