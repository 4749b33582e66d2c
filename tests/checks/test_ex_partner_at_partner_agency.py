"""An ex-partner works next door, or here under a lock: for them the file does not exist."""

import re

import pytest
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.access.rules import may
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.documents.actions import close_to_everyone
from leeward.drafts.actions import keep_draft
from leeward.keeping.factories import DisposalFactory
from leeward.legal.factories import DutyFactory
from leeward.notices.factories import INVENTED, NoticeFactory
from leeward.notices.models import Notice
from leeward.people.disposing import tell_of_disposal
from leeward.people.factories import (
    AssignmentFactory,
    BreakGlassFactory,
    ConflictLockFactory,
    YoungPersonFactory,
)
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.standing.kinds import GLASS_BROKEN
from tests.alike import answer, differences, unused
from tests.cast import full_file
from tests.test_urls import BY_NAME
from tests.url_table import TABLE

pytestmark = pytest.mark.django_db

NAME = "Zéphirine Exemple-Unseen"
# Pages about a worker, a request, a rule's change or a house name no file by their address.
OF_NO_FILE = r"(?<!worker)(?<!request)(?<!change)(?<!residence)_id>"
ABOUT_A_FILE = [name for name in TABLE if re.search(OF_NO_FILE, str(BY_NAME[name].pattern))]
ABOUT_A_FILE += ["draft"]
LISTS = ("home", "notices", "people", "record_for_whom", "duties", "find")


@pytest.fixture
def person(agency, wren):
    """As much of a file as there can be, and everybody who could be let in is."""
    return YoungPersonFactory(agency=agency, opened_by=wren, name_used=NAME, team=[wren])


@pytest.fixture
def file(person, wren, supervisor):
    return full_file(person, wren, supervisor)


@pytest.fixture
def ex_partner(agency, person):
    """A colleague under a lock. Team, emergency and supervision would each let them in."""
    worker = WorkerFactory(agency=agency, display_name="Ex Pretend")
    AssignmentFactory(person=person, worker=worker)
    BreakGlassFactory(person=person, worker=worker)
    junior = WorkerFactory(agency=agency, supervised_by=worker)
    AssignmentFactory(person=person, worker=junior)
    DutyFactory(observation__person=person, asked_of=junior, about_another_child=True)
    ConflictLockFactory(person=person, worker=worker)
    broken = BreakGlassFactory(person=person, worker=junior)
    for kind, about in ((INVENTED.name, person.pk), (GLASS_BROKEN.name, broken.pk)):
        NoticeFactory(to=worker, kind=kind, about=about)
        for role in Worker.Role.values:
            NoticeFactory(agency_id=agency.pk, to_role=role, kind=kind, about=about)
    keep_draft(
        by=actor_for(worker),
        form="record",
        subject_id=person.pk,
        typed={"text": [f"about {NAME}"]},
    )
    return worker


def addresses(file):
    for name in ABOUT_A_FILE:
        asked = re.findall(r"<(?:\w+:)?(\w+)>", str(BY_NAME[name].pattern))
        yield name, reverse(name, kwargs={each: file.ids()[each] for each in asked})


# Each of these reaches something that no other does; the files of every role are compared one by
# one in access/tests/test_roles.py.
@pytest.mark.parametrize(
    ("where", "role"),
    [
        ("locked out here", "worker"),
        ("locked out here", "supervisor"),
        ("locked out here", "intake"),
        ("locked out here", "privacy_officer"),
        ("next door", "worker"),
        ("next door", "supervisor"),
        ("next door", "privacy_officer"),
    ],
)
def test_ex_partner_at_partner_agency(client, file, ex_partner, role, where):
    who = ex_partner if where == "locked out here" else WorkerFactory(agency=AgencyFactory())
    Worker.objects.filter(pk=who.pk).update(role=role)
    client.force_login(who)
    client.get(reverse("home"))
    for name, url in addresses(file):
        nowhere = unused(url, *file.ids().values())
        for method in ("get", "post"):
            told = answer(client, method, url)
            assert not differences(told, answer(client, method, nowhere)), (name, method)
            allowed = may(role, TABLE.get(name, "desk.draft"))
            assert told[0] in ({404, 405} if allowed else {403, 405}), (name, method)
            assert NAME not in told[2]


def as_if_it_never_were(person):
    """The file, its search tokens and all that stands in it belong to a stranger's agency."""
    elsewhere = AgencyFactory()
    YoungPerson.objects.filter(pk=person.pk).update(agency=elsewhere)
    SearchToken.objects.filter(person=person).update(agency=elsewhere)
    Notice.objects.update(agency_id=elsewhere.pk)


@pytest.mark.parametrize("role", Worker.Role.values)
def test_every_list_and_count_is_as_if_it_never_were(client, file, ex_partner, role):
    Worker.objects.filter(pk=ex_partner.pk).update(role=role)
    client.force_login(ex_partner)
    client.get(reverse("home"))
    asks = [("get", reverse(name), {}) for name in LISTS]
    asks += [("get", reverse("people"), {"whose": "team", "state": "open"})]
    asks += [("get", reverse("residence", args=[file.residence.pk]), {})]
    asks += [("post", reverse("find"), {"q": said}) for said in (NAME, "Zephirin", "ZEU")]
    with_it = [answer(client, *ask) for ask in asks]
    as_if_it_never_were(file.person)
    file.duty.__class__.objects.update(agency=AgencyFactory())
    without = [answer(client, *ask) for ask in asks]
    for ask, told, told_without in zip(asks, with_it, without, strict=True):
        assert not differences(told, told_without), ask
        assert NAME not in told[2] or NAME in ask[2].values()
    shown = AuditRow.objects.filter(actor_id=ex_partner.pk).values_list("shown", flat=True)
    assert not [each for each in shown if str(file.person.pk) in each]


def test_a_notice_about_the_file_is_neither_opened_nor_settled(client, file, ex_partner):
    client.force_login(ex_partner)
    client.get(reverse("home"))
    theirs = Notice.objects.filter(to_worker_id=ex_partner.pk)
    assert theirs.count() == 2
    for each in theirs:
        for name in ("notice_open", "notice_settle"):
            told = answer(client, "post", reverse(name, args=[each.pk]), {"outcome": "read"})
            nowhere = unused(reverse(name, args=[each.pk]), each.pk)
            assert told[0] == 404
            assert not differences(told, answer(client, "post", nowhere, {"outcome": "read"}))


def test_a_lock_is_never_told(client, file, ex_partner, supervisor):
    client.force_login(ex_partner)
    client.get(reverse("home"))
    rows = AuditRow.objects.filter(subject_id=ex_partner.pk)
    assert not rows.exists()
    client.force_login(supervisor)
    page = client.get(reverse("locks", args=[file.person.pk])).content.decode()
    assert "Ex Pretend" in page


def test_without_the_lock_each_way_in_would_have_been_open(file, ex_partner):
    """What the checks above rest on: it is the lock that keeps them out, and nothing else."""
    file.person.locks.all().delete()
    assert YoungPerson.objects.visible_to(actor_for(ex_partner)).get() == file.person


def test_an_officer_under_a_lock_is_told_nothing_that_only_that_file_could_cause(
    file, wren, supervisor, ex_partner
):
    """A notice that leads to a page which is not there for them would tell of the lock."""
    Worker.objects.filter(pk=ex_partner.pk).update(role="privacy_officer")
    Notice.objects.all().delete()
    asked = DisposalFactory(person_id=file.person.pk, asked_by=supervisor)
    tell_of_disposal(actor_for(supervisor), asked.pk)
    close_to_everyone(by=actor_for(wren), subject_id=file.person.pk, document_id=file.document.pk)
    assert Notice.objects.filter(to_role="privacy_officer").count() == 2
    ex_partner.refresh_from_db()
    assert not Notice.objects.for_(actor_for(ex_partner)).exists()
    officer = WorkerFactory(agency=ex_partner.agency, role="privacy_officer")
    assert Notice.objects.for_(actor_for(officer)).count() == 2
