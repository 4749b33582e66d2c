import pytest
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.notices import kinds
from leeward.notices.factories import INVENTED, NoticeFactory
from leeward.notices.models import Notice
from leeward.practice_desk import notice_pages
from leeward.practice_desk.urls import urlpatterns

pytestmark = pytest.mark.django_db


def text(client, name):
    return client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("page", ["home", "notices"])
def test_what_needs_a_worker_stands_on_home_and_on_its_page(desk, wren, page):
    NoticeFactory(to=wren)
    assert str(INVENTED.title) in text(desk, page)
    Notice.objects.update(to_worker_id=None, to_role="supervisor")
    assert str(INVENTED.title) not in text(desk, page)


def test_nothing_waiting_is_said(desk):
    assert "Nothing needs you now." in text(desk, "notices")
    assert "What needs you</h2>" not in text(desk, "home")


def test_a_button_ends_it(desk, wren):
    notice = NoticeFactory(to=wren)
    address = reverse("notice_settle", args=[notice.pk])
    page = text(desk, "home")
    assert f'action="{address}"' in page
    # It says what it does, and not how it ended.
    assert "Mark as read<" in page
    assert desk.post(address, {"outcome": "read"}).status_code == 302
    assert str(INVENTED.title) not in text(desk, "notices")
    assert desk.post(address, {"outcome": "read"}).status_code == 404


@pytest.mark.parametrize("outcome", ["in_order", "", "anything"])
def test_an_outcome_it_does_not_have_changes_nothing_and_says_so(desk, wren, outcome):
    notice = NoticeFactory(to=wren)
    answer = desk.post(reverse("notice_settle", args=[notice.pk]), {"outcome": outcome})
    assert answer.status_code == 422
    assert b"Nothing was changed." in answer.content
    assert Notice.objects.open().count() == 1


def test_one_that_asks_for_a_deed_has_no_button_to_end_it(desk, wren, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register("tests.deed", "Something to do", by_hand=False)
    notice = NoticeFactory(to=wren, kind="tests.deed")
    address = reverse("notice_settle", args=[notice.pk])
    page = text(desk, "notices")
    assert "Something to do" in page
    assert address not in page
    assert desk.post(address, {"outcome": "read"}).status_code == 422


def test_opening_one_goes_where_it_leads_and_marks_it_as_seen(desk, wren, person, monkeypatch):
    notice = NoticeFactory(to=wren, about=person.pk)
    address = reverse("notice_open", args=[notice.pk])
    assert address not in text(desk, "notices")
    assert desk.post(address).url == reverse("notices")
    monkeypatch.setitem(notice_pages.LEADS_TO, INVENTED.name, ("overview", "person_id"))
    assert f'action="{address}"' in text(desk, "notices")
    assert desk.post(address).url == reverse("overview", args=[person.pk])
    assert Notice.objects.get().seen_at is not None


def test_a_look_at_the_list_marks_nothing_and_records_whose_names_it_showed(
    desk, wren, person, assert_get_writes_only_audit
):
    NoticeFactory(to=wren, about=person.pk)
    assert_get_writes_only_audit(desk, reverse("notices"))
    row = AuditRow.objects.latest("id")
    assert (row.action, row.shown) == ("notice.read", [str(person.pk)])
    assert Notice.objects.get().seen_at is None


def test_every_kind_that_leads_somewhere_leads_to_a_page():
    names = {each.name for each in urlpatterns}
    for kind, (name, takes) in notice_pages.LEADS_TO.items():
        assert kind in kinds.registered()
        assert name in names
        pattern = next(str(each.pattern) for each in urlpatterns if each.name == name)
        assert not takes or f":{takes}>" in pattern
