import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import SYSTEM, actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.notices.models import Notice
from leeward.people.actions import TooManySearches, look_up, open_file
from leeward.people.factories import BreakGlassFactory, ConflictLockFactory, YoungPersonFactory
from leeward.people.queries import find, locked_alike
from leeward.people.rules import share_a_surname, tokens_by_piece, tokens_of_names
from leeward.people.standing.kinds import SAME_NAME, UNUSUAL
from leeward.people.watching import actions
from leeward.people.watching.queries import counted, unusual

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo(colleague):
    return actor_for(colleague)


@pytest.fixture
def officer(agency):
    return actor_for(WorkerFactory(agency=agency, role="privacy_officer"))


def did(worker, action, subject=None, **given):
    given = {"outcome": "done", "actor_kind": "worker", "agency_id": worker.agency_id} | given
    return AuditRow.objects.create(actor_id=worker.pk, action=action, subject_id=subject, **given)


def test_each_thing_is_counted_once_a_file_and_only_what_is_not_theirs(wren, person, agency):
    shut = YoungPersonFactory(agency=agency, closed=True)
    for file in (person, shut, shut):
        did(wren, "file.open", file.pk)
    did(wren, "file.open", shut.pk, outcome="refused")
    did(wren, "people.find", purpose="find")
    did(wren, "people.find", purpose="emergency")
    did(WorkerFactory(agency=agency), "file.open", shut.pk)
    assert counted(wren) == {
        "searches": 1, "not_on_team": 1, "closed": 1, "not_theirs": 1, "emergencies": 0,
        "own_name": 0,
    }  # fmt: skip


def test_what_was_long_ago_is_not_counted(colleague, person):
    BreakGlassFactory(person=person, worker=colleague).__class__.objects.update(
        opened_at=timezone.now() - dt.timedelta(days=8)
    )
    assert counted(colleague)["emergencies"] == 0


@pytest.mark.parametrize("signal", ["searches", "not_on_team", "closed", "not_theirs"])
def test_a_threshold_is_a_setting(settings, signal):
    settings.LEEWARD_UNUSUAL = settings.LEEWARD_UNUSUAL | {signal: (2, 24)}
    assert unusual({signal: 1}) == []
    assert unusual({signal: 2}) == [signal]


def test_a_review_is_asked_for_once_and_not_of_the_one_it_is_about(agency, officer):
    worker = Worker.objects.get(pk=officer.id)
    for _ in range(15):
        did(worker, "overview", YoungPersonFactory(agency=agency).pk, outcome="refused")
    assert actions.raise_review(worker=worker)
    assert not actions.raise_review(worker=worker)
    other = actor_for(WorkerFactory(agency=agency, role="privacy_officer"))
    (notice,) = Notice.objects.for_(other)
    assert (notice.kind, notice.about) == (UNUSUAL.name, worker.pk)
    assert not Notice.objects.for_(officer).exists()
    assert AuditRow.objects.latest("id").actor_kind == "system"
    # Looked into: not asked again for a day, and then it is.
    actions.settle_review(by=other, worker_id=worker.pk, outcome="in_order")
    assert not actions.raise_review(worker=worker)
    Notice.objects.update(made_at=timezone.now() - dt.timedelta(hours=25))
    assert actions.raise_review(worker=worker)


def test_watching_looks_at_one_agency_and_the_command_at_all(colleague, outsider):
    for worker in (colleague, outsider):
        for n in range(15):
            did(worker, "overview", colleague.pk if n else worker.pk, outcome="refused")
            did(worker, "overview", YoungPersonFactory().pk, outcome="refused")
    assert actions.watch_agency(by=SYSTEM, agency_id=colleague.agency_id) == 1
    said = io.StringIO()
    call_command("watch", stdout=said)
    assert said.getvalue() == "1 to look into.\n"
    assert Notice.objects.count() == 2


def test_the_officer_sees_the_files_but_none_that_is_locked_to_them(
    colleague, person, officer, agency
):
    for n in range(2):
        did(colleague, "file.open", person.pk, purpose=str(n))
    found = actions.read_activity(by=officer, worker_id=colleague.pk)
    assert [each.person for each in found.opened] == [person, person]
    assert found.found["not_on_team"] == 1
    assert AuditRow.objects.latest("id").shown == [str(person.pk)]
    ConflictLockFactory(person=person, worker_id=officer.id)
    kept = actions.read_activity(by=officer, worker_id=colleague.pk)
    assert (kept.opened, kept.found["not_on_team"]) == ([], 0)


@pytest.mark.parametrize("who", ["officer", "outsider"])
def test_nobody_looks_into_themselves_or_another_agency(request, officer, outsider, who):
    worker_id = officer.id if who == "officer" else outsider.pk
    with pytest.raises(Worker.DoesNotExist):
        actions.read_activity(by=officer, worker_id=worker_id)


def test_past_the_limit_there_is_no_search_for_this_worker_alone(jo, actor, person, settings):
    settings.LEEWARD_SEARCHES = (2, 10)
    for _ in range(2):
        assert look_up(by=jo, asked="Noeli")
    with pytest.raises(TooManySearches):
        look_up(by=jo, asked="Noeli")
    assert look_up(by=actor, asked="Noeli")
    settings.LEEWARD_SEARCHES = (2, 0)
    assert look_up(by=jo, asked="Noeli")


@pytest.mark.parametrize(
    ("one", "names", "alike"),
    [
        ("Jo Made-Up", ["Robin Up"], True),
        ("Jo Éxample", ["Example"], True),
        ("Jo Example", ["Jo Sample"], False),
        ("Jo E.", ["Robin E."], False),
        ("", ["Robin"], False),
    ],
)
def test_names_like_ones_own(one, names, alike):
    assert share_a_surname(one, names) is alike


@pytest.mark.parametrize("asked", ["Noʔeli", "noeli", "Noelli", "NOELI Exemple", "Nelly"])
def test_a_name_behind_a_lock_is_told_of_wherever_find_would_have_found_it(
    agency, actor, wren, officer, asked
):
    person = YoungPersonFactory(
        agency=agency, name_used="Noʔeli Example", other_names=["Nelly Example"]
    )
    assert find(actor, asked)
    assert not locked_alike(actor, [asked])
    ConflictLockFactory(person=person, worker=wren)
    assert not find(actor, asked)
    assert locked_alike(actor, [asked])
    made = open_file(by=actor, name_used=asked)
    (notice,) = Notice.objects.for_(officer)
    assert (notice.kind, notice.about) == (SAME_NAME.name, made.pk)


@pytest.mark.parametrize("asked", ["Zed Pretend", "Robin", "…"])
def test_another_name_tells_nobody_of_anything(person, actor, wren, asked):
    ConflictLockFactory(person=person, worker=wren)
    open_file(by=actor, name_used=asked)
    assert not Notice.objects.exists()
    assert not AuditRow.objects.filter(action="notice.tell").exists()


NAMES = st.text(st.characters(categories=["L", "Zs"]), min_size=2, max_size=20)


@given(NAMES)
def test_a_name_is_always_like_itself_without_opening_it(name):
    held = tokens_of_names([name], "")
    assert all(piece & held for piece in tokens_by_piece(name))
