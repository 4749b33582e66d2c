"""Nothing typed is ever lost, and nobody signs another's words."""

import re
from html import unescape

import pytest
from django.core import signing
from django.template import RequestContext, Template
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from leeward.accounts.factories import WorkerFactory, supervise
from leeward.audit.models import AuditRow
from leeward.core.forms import LeewardForm, Password
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import current_model
from leeward.people.forms import DetailsForm, SafeContactForm
from leeward.plans.models import ItemVersion
from leeward.practice_desk import typed_words

PASSWORD = "an invented long password"
HERE = {"origin": "http://testserver"}
REASONS = "She said <b>it</b> herself: “I want out”. ᓄᐁᓕ"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def browser():
    """A browser whose forms are checked as in earnest."""
    return Client(enforce_csrf_checks=True, headers=HERE)


@pytest.fixture
def sam(agency, person, wren):
    """Wren's supervisor."""
    return supervise(
        WorkerFactory.create(
            agency=agency, username="sam", display_name="Sam Sample", supervisor=True
        ),
        wren,
    )


@pytest.fixture
def opinion_page(person):
    return reverse("give_opinion", args=[person.pk])


def hidden(response, action=None):
    """The hidden fields of a page's main form, or of the form that posts to `action`."""
    page = response.content.decode().split("<main", 1)[1]
    forms = re.findall(r"<form\b[^>]*>.*?</form>", page, re.DOTALL)
    for form in forms:
        if action is None or f'action="{action}"' in form:
            return {name: unescape(value) for name, value in HIDDEN.findall(form)}
    raise AssertionError(f"no form to {action}")


def begun(browser, worker, url):
    """The hidden fields of the form at `url`, drawn for `worker`."""
    browser.force_login(worker)
    return hidden(browser.get(url))


def opinion():
    return {
        "stage": next(iter(current_model().stages)),
        "reasons": REASONS,
        "confidence": "fairly",
    }


def sign_in(browser, page, name, **more):
    url = reverse("account_login")
    fields = {**hidden(page, url), "login": name, "password": PASSWORD, **more}
    return browser.post(url, fields)


def sign_in_in_another_tab(browser, worker):
    """As the sign-in page does it: the token that forms carry changes with it."""
    browser.force_login(worker)
    browser.cookies.pop("leeward_desk_csrf")
    browser.get(reverse("home"))


def end_session(browser):
    browser.cookies.pop("leeward_desk")


# --- Another's words ------------------------------------------------------------------------


def test_every_form_says_for_whom_it_was_drawn(browser, wren, sam, opinion_page):
    mine = begun(browser, wren, opinion_page)
    theirs = begun(browser, sam, opinion_page)
    assert mine["written_by"] != theirs["written_by"]
    assert len(mine["csrfmiddlewaretoken"]) == 64


def test_a_page_drawn_for_nobody_names_no_writer(browser, db):
    assert b'name="written_by"' not in browser.get(reverse("account_login")).content


def test_the_token_is_drawn_as_django_draws_it(rf):
    drawn = Template("{% csrf_token %}").render(RequestContext(rf.get("/")))
    assert re.fullmatch(r'<input type="hidden" name="csrfmiddlewaretoken" value="\w{64}">', drawn)


def test_words_of_one_worker_are_neither_shown_to_nor_signed_by_another(
    browser, wren, sam, person, opinion_page
):
    # Given an opinion that Wren began, and Sam signed in from another tab
    form = begun(browser, wren, opinion_page)
    sign_in_in_another_tab(browser, sam)

    # When Wren's tab is posted
    response = browser.post(opinion_page, form | opinion())

    # Then it is not saved, not shown, and cannot be saved as Sam
    page = response.content.decode()
    assert response.status_code == 403
    assert "Another worker wrote this" in page
    assert "I want out" not in page
    assert "Save now" not in page
    assert not Opinion.objects.exists()
    assert AuditRow.objects.filter(outcome="refused", actor_id=sam.pk).exists()

    # And it opens for nobody who copies it out of the page either
    again = browser.post(reverse("account_login"), hidden(response, reverse("account_login")))
    assert "I want out" not in again.content.decode()

    # When Wren signs in on that page, then it is hers to save
    wren.set_password(PASSWORD)
    wren.save()
    back = sign_in(browser, response, "wren")
    assert "I want out" in back.content.decode()
    browser.post(opinion_page, hidden(back, opinion_page))
    assert Opinion.objects.get().recorded_by_id == wren.pk


def test_even_with_a_token_that_holds_another_s_form_is_refused(
    client, browser, wren, sam, opinion_page
):
    form = begun(browser, wren, opinion_page)
    client.force_login(sam)
    response = client.post(opinion_page, form | opinion())
    assert response.status_code == 403
    assert "Another worker wrote this" in response.content.decode()
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("changed", ["", "nobody", "{sam}", "{sam}:{rest}"])
def test_a_writer_who_is_not_signed_for_is_nobody(
    browser, wren, sam, opinion_page, person, changed
):
    form = begun(browser, wren, opinion_page)
    rest = form["written_by"].split(":")[-1]
    form["written_by"] = changed.format(sam=sam.pk, rest=rest)
    sign_in_in_another_tab(browser, sam)
    response = browser.post(opinion_page, form | opinion())
    assert response.status_code == 403
    assert "I want out" not in response.content.decode()
    assert "Save now" not in response.content.decode()


# --- The same worker ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [{"origin": "http://testserver"}, {"referer": "http://testserver/people/"}]
)
def test_an_old_token_of_the_same_worker_asks_to_press_once_more(wren, opinion_page, said):
    browser = Client(enforce_csrf_checks=True)
    form = begun(browser, wren, opinion_page)
    sign_in_in_another_tab(browser, wren)
    response = browser.post(opinion_page, form | opinion(), headers=said)
    assert response.status_code == 403
    assert "&lt;b&gt;it&lt;/b&gt;" in response.content.decode()
    fields = hidden(response, opinion_page)
    assert fields["reasons"] == REASONS
    assert browser.post(opinion_page, fields, headers=said).status_code == 302
    assert Opinion.objects.get().reasons == REASONS


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"origin": "null"},
        {"origin": "https://elsewhere.example"},
        {"origin": "http://testserver.elsewhere.example"},
        {"origin": "https://elsewhere.example", "referer": "http://testserver/"},
        {"referer": "https://elsewhere.example/http://testserver/"},
        {"referer": "http://[testserver/"},
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_that_is_not_from_this_site_gives_nothing_back(wren, opinion_page, said, signed_in):
    browser = Client(enforce_csrf_checks=True)
    form = begun(browser, wren, opinion_page)
    form["csrfmiddlewaretoken"] = "x" * 64
    if not signed_in:
        end_session(browser)
    response = browser.post(opinion_page, form | opinion(), headers=said)
    assert response.status_code == 403
    assert "I want out" not in response.content.decode()
    assert "carried" not in response.content.decode()


# --- Signed out -----------------------------------------------------------------------------


@pytest.fixture
def ended(browser, wren, opinion_page):
    """The sign-in page that an opinion was answered with, because the session had ended."""
    wren.set_password(PASSWORD)
    wren.save()
    form = begun(browser, wren, opinion_page)
    end_session(browser)
    response = browser.post(opinion_page, form | opinion())
    assert response.status_code == 401
    return response


def test_what_was_typed_comes_back_after_signing_in(browser, ended, wren, opinion_page):
    assert "comes back" in ended.content.decode()
    assert "hreflang" not in ended.content.decode(), "a link to another page would lose it"
    assert not Opinion.objects.exists()
    back = sign_in(browser, ended, "wren")
    assert back.status_code == 200
    assert "Press once more" in back.content.decode()
    assert "hreflang" not in back.content.decode()
    fields = hidden(back, opinion_page)
    assert fields["reasons"] == REASONS
    assert not {"password", "login", "carried"} & set(fields)
    assert browser.post(opinion_page, fields).status_code == 302
    assert Opinion.objects.get().recorded_by_id == wren.pk


def test_what_waits_on_the_sign_in_page_cannot_be_read_there(ended):
    carried = hidden(ended, reverse("account_login"))["carried"]
    assert "want out" not in ended.content.decode()
    assert b"want out" not in signing.b64_decode(carried.split(":")[0].encode())


def test_a_wrong_password_loses_nothing(browser, ended, opinion_page):
    for _try in range(2):
        ended = sign_in(browser, ended, "wren", password="not this one")
        assert "is not right" in ended.content.decode()
    back = sign_in(browser, ended, "wren")
    assert hidden(back, opinion_page)["reasons"] == REASONS


def test_signing_in_as_somebody_else_shows_and_saves_nothing(browser, ended, sam, opinion_page):
    sam.set_password(PASSWORD)
    sam.save()
    response = sign_in(browser, ended, "sam")
    page = response.content.decode()
    assert response.status_code == 403
    assert "Another worker wrote this" in page
    assert "I want out" not in page
    assert "Save now" not in page
    back = sign_in(browser, response, "wren")
    assert hidden(back, opinion_page)["reasons"] == REASONS


def test_signing_in_from_another_tab_first_loses_nothing(browser, ended, wren, opinion_page):
    sign_in_in_another_tab(browser, wren)
    back = sign_in(browser, ended, "wren")
    assert hidden(back, opinion_page)["reasons"] == REASONS


def test_a_browser_that_lost_every_cookie_loses_nothing(browser, wren, opinion_page):
    wren.set_password(PASSWORD)
    wren.save()
    form = begun(browser, wren, opinion_page)
    browser.cookies.clear()
    ended = browser.post(opinion_page, form | opinion())
    assert ended.status_code == 401
    assert hidden(sign_in(browser, ended, "wren"), opinion_page)["reasons"] == REASONS


@pytest.mark.parametrize("harm", ["cut", "late"])
def test_words_that_cannot_come_back_are_not_promised(browser, ended, monkeypatch, harm):
    if harm == "late":
        monkeypatch.setattr(typed_words, "KEPT_SECONDS", -1)
        response = sign_in(browser, ended, "wren")
    else:
        response = sign_in(browser, ended, "wren", carried="x")
    page = response.content.decode()
    assert response.status_code == 200
    assert "could not be brought back" in page
    assert "Press once more" not in page


def test_record_comes_back_with_every_answer(browser, wren, person):
    wren.set_password(PASSWORD)
    wren.save()
    url = reverse("record", args=[person.pk])
    sign = next(iter(current_model().indicators))
    typed = {
        "text": "Came by.\r\nLaughing.",
        "when": "yesterday",
        "source": "seen",
        "harm": "none",
        f"sign-{sign}": "unsure",
    }
    form = begun(browser, wren, url)
    end_session(browser)
    back = sign_in(browser, browser.post(url, form | typed), "wren")
    assert browser.post(url, hidden(back, url)).status_code == 302
    note = Observation.objects.get()
    assert (note.text.split(), note.findings) == (["Came", "by.", "Laughing."], {sign: "unsure"})


def test_a_long_plan_comes_back_whole(browser, wren, person):
    wren.set_password(PASSWORD)
    wren.save()
    url = reverse("plan_write", args=[person.pk])
    words = "".join(f"{number} ᓄᐁᓕ " for number in range(60_000))
    form = begun(browser, wren, url)
    end_session(browser)
    back = sign_in(browser, browser.post(url, form | {"want": words}), "wren")
    assert hidden(back, url)["want"] == words
    assert not ItemVersion.objects.exists()


def test_a_form_without_a_writer_goes_to_sign_in_as_before(client, opinion_page):
    response = client.post(opinion_page, {"reasons": REASONS})
    assert response.status_code == 302


def test_the_page_after_a_fault_promises_only_what_is_true():
    page = get_template("500.html").render()
    assert "Your last draft is kept" not in page
    assert "Reload this page" in page


# --- Small things ---------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["²", "٣", "9" * 5000, "-1", "x", ""])
def test_a_draft_version_that_is_no_number_is_no_fault(desk, person, version):
    url = reverse("draft", args=[person.pk, "record"])
    assert desk.post(url, {"text": "half", "draft_version": version}).status_code in {204, 409}


def test_a_draft_keeps_what_was_typed_and_nothing_of_the_machinery(desk, person, wren):
    url = reverse("draft", args=[person.pk, "record"])
    desk.post(url, {"text": "half", "written_by": typed_words.writer_mark(wren.pk)})
    page = desk.get(reverse("record", args=[person.pk]))
    assert "half" in page.content.decode()
    assert page.context["draft"].typed == {"text": ["half"]}


def test_nothing_is_kept_by_the_browser_s_own_memory():
    for form in (DetailsForm(), SafeContactForm()):
        drawn = str(form)
        fields = re.findall(
            r"<(?:input type=\"(?:text|date|search)\"|textarea|select)[^>]*>", drawn
        )
        assert fields
        assert not [each for each in fields if 'autocomplete="off"' not in each]


def test_every_form_of_the_desk_is_left_out_of_the_browser_s_memory():
    kinds, found = [LeewardForm], set()
    while kinds:
        kinds = [each for kind in kinds for each in kind.__subclasses__()]
        found |= {each for each in kinds if each.__module__.startswith("leeward.")}
    assert len(found) > 10
    for kind in found - {each for each in found if ".tests." in each.__module__}:
        drawn = kind.__new__(kind)
        LeewardForm.__init__(drawn)
        for name in kind.base_fields:
            # A password one chooses may be kept by whatever keeps one's passwords.
            password = isinstance(drawn.fields[name].widget, Password)
            right = "new-password" if password else "off"
            assert drawn.fields[name].widget.attrs["autocomplete"] == right, (kind, name)


def test_a_page_says_the_language_it_was_drawn_in(client, wren):
    wren.language = "fr"
    wren.save()
    client.force_login(wren)
    response = client.get(reverse("home"))
    assert b'<html lang="fr' in response.content
    assert response.headers["Content-Language"] == "fr"
    translation.deactivate()
