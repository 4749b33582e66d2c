"""Check: whoever sits down at a worker's open laptop gets no further than the limits allow.

The attacker has the browser as it was left and the device itself, not the worker's password,
passkey or telephone.
"""

import pytest
from django.test import Client
from django.urls import reverse

from leeward.access.actors import SYSTEM
from leeward.accounts import sessions
from leeward.accounts.actions import end_all_sessions
from leeward.audit.models import AuditRow
from leeward.drafts.models import Draft
from leeward.practice_desk.typed_words import CARRIED
from leeward.practice_desk.urls import urlpatterns

pytestmark = pytest.mark.django_db

PASSWORD = "an invented long password"
WORDS = "Half a sentence about somebody who is invented."


@pytest.fixture
def laptop(client, wren):
    """Wren's browser, signed in and left."""
    client.post(reverse("account_login"), {"login": "wren", "password": PASSWORD})
    return client


def later(client, **seconds):
    """The browser after a while: these moments of its session lie further back."""
    session = client.session
    for name, more in seconds.items():
        session[name] -= more
    session.save()


def shut(client, url):
    """Whether a page asks for sign-in in place of showing itself."""
    answer = client.get(url)
    return answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


def test_open_laptop(laptop, person):
    file = reverse("overview", kwargs={"person_id": person.pk})
    assert laptop.get(file).status_code == 200
    later(laptop, used_at=30 * 60 + 1)
    assert shut(laptop, file)
    assert shut(laptop, reverse("home"))


@pytest.mark.parametrize("role", ["worker", "residence_staff", "privacy_officer"])
@pytest.mark.parametrize("which", ["idle", "whole"])
def test_past_either_limit_of_the_role_there_is_no_page(laptop, wren, role, which):
    wren.role = role
    wren.save()
    limit = getattr(sessions.limits_of(role), which).total_seconds()
    moment = {"idle": sessions.USED, "whole": sessions.BEGAN}[which]
    later(laptop, **{moment: limit - 30})
    assert laptop.get(reverse("home")).status_code == 200
    if which == "idle":
        # Being looked at just now may have been noted as use.
        session = laptop.session
        session[moment] = session[sessions.BEGAN] - limit
        session.save()
    else:
        later(laptop, **{moment: 31})
    assert shut(laptop, reverse("home"))
    assert AuditRow.objects.filter(action="worker.session_over").exists()


def asks_fresh():
    """The addresses whose views always ask for a fresh sign-in."""
    views = {each.name: getattr(each.callback, "view_class", None) for each in urlpatterns}
    return sorted(name for name, view in views.items() if getattr(view, "fresh", False))


def test_what_reaches_far_asks_for_a_fresh_sign_in_and_keeps_what_was_typed(laptop, wren, person):
    assert {"second_step", "passkey_make", "recovery_codes"} <= set(asks_fresh())
    laptop.get(reverse("home"))
    later(laptop, fresh_at=15 * 60 + 1)
    copy = reverse("plan_copy_en", kwargs={"person_id": person.pk})
    asked = laptop.get(copy)
    assert asked.url.startswith(reverse("sign_in_again"))
    typed = laptop.post(reverse("second_step"), {"credential": "{}", "note": WORDS})
    assert typed.status_code == 401
    assert f'name="{CARRIED}"' in typed.content.decode()
    assert WORDS not in typed.content.decode()
    # Without the password, nothing; nor with a guess.
    laptop.post(reverse("sign_in_again"), {"password": "a guess", "next": copy})
    assert laptop.get(copy).status_code == 302


def test_the_missing_sheet_never_asks():
    views = {each.name: getattr(each.callback, "view_class", None) for each in urlpatterns}
    for name in ("time_away", "went_missing", "came_back"):
        assert not views[name].fresh


def test_a_device_reported_lost_goes_on_nowhere(laptop, wren, person):
    tablet = Client()
    tablet.post(reverse("account_login"), {"login": "wren", "password": PASSWORD})
    assert tablet.get(reverse("home")).status_code == 200
    end_all_sessions(by=SYSTEM, worker=wren)
    for browser in (laptop, tablet):
        assert shut(browser, reverse("home"))
        assert shut(browser, reverse("overview", kwargs={"person_id": person.pk}))


def test_a_draft_goes_back_to_whoever_wrote_it_alone(laptop, person, supervisor):
    draft = reverse("draft", kwargs={"person_id": person.pk, "form": "record"})
    record = reverse("record", kwargs={"person_id": person.pk})
    assert laptop.post(draft, {"text": WORDS}).status_code == 204
    assert WORDS in laptop.get(record).content.decode()
    laptop.force_login(supervisor)
    assert WORDS not in laptop.get(record).content.decode()
    assert Draft.objects.count() == 1


def test_changing_workers_needs_the_other_workers_own_sign_in(laptop, wren, colleague):
    over = reverse("sign_in_over")
    typed = {"login": "wren", "password": PASSWORD, "worker": str(colleague.pk)}
    assert laptop.post(over, typed).status_code == 422
    assert laptop.session["_auth_user_id"] == str(wren.pk)
