"""The pages of sharing: nothing typed is lost, and the preview is what the other side is shown."""

import datetime as dt
import html
import io
import re

import pikepdf
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from leeward.access.actors import SYSTEM, actor_for, young_person
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.consents.actions import withdraw
from leeward.consents.factories import ConsentFactory
from leeward.consents.models import Consent
from leeward.core.agency_time import today
from leeward.disclosures.factories import DisclosureFactory, received
from leeward.disclosures.models import Disclosure, Given, Received, Telling
from leeward.disclosures.pieces import pieces_of
from leeward.disclosures.queries import received_by
from leeward.people.factories import StrengthFactory
from leeward.people.models import YoungPerson
from leeward.practice_desk.invented.my_space import WORKER, let_in
from leeward.practice_desk.invented.populate import populate
from leeward.practice_desk.invented.sharing import PARTNER, share_some
from leeward.practice_desk.sharing_printing import given_copy
from leeward.practice_desk.sharing_words import as_shown
from leeward.practice_desk.tests.test_again import stale

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
SHOWN = re.compile(
    r'<section class="said mt-4" aria-labelledby="shared-title">.*?</section>', re.S
)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest.fixture
def desk(wren):
    client = Client()
    client.force_login(wren)
    return client


@pytest.fixture
def police():
    return WorkerFactory(
        agency=AgencyFactory(name="Made-Up Police", kind="police"),
        role="police_partner",
        display_name="Piper Sample",
    )


@pytest.fixture
def partner(police):
    client = Client()
    client.force_login(police)
    return client


@pytest.fixture
def consent(person, police):
    return ConsentFactory(person=person, to_agency=police.agency, purpose="To know <her>.")


@pytest.fixture
def address(person):
    """`address("share")`: where that page of the file is."""
    return lambda name, **more: reverse(name, kwargs={"person_id": person.pk} | more)


@pytest.fixture
def chosen(person, actor, consent):
    """What a worker sends to look at it first."""
    StrengthFactory(person=person, text="good <at> maps")
    keys = [each.key for each in pieces_of(actor, person)]
    return {
        "under": str(consent.pk),
        "names": "piper sample",
        "pieces": keys,
        "may_hand_on": "no",
    }


DECIDED = {
    "given": "yes",
    "kinds": ["notes", "strengths"],
    "purpose": "So that the room is ready.",
    "to_name": "Uma Pretend",
    "decider": "own",
    "capacity": "presumed",
    "custody": "none",
    "implicated": "unsure",
    "counselling": "no",
    "form": "written",
    "no_condition": "yes",
}


def days():
    return {"until": today() + dt.timedelta(days=9), "decided_on": today()}


def test_what_is_previewed_is_what_the_other_side_is_shown(desk, partner, address, chosen):
    preview = desk.post(address("share"), chosen).content.decode()
    assert not Disclosure.objects.exists()
    assert "good &lt;at&gt; maps" in preview
    sent = [
        (name, each) for name, each in HIDDEN.findall(preview) if name != "csrfmiddlewaretoken"
    ]
    data = {name: [value for each, value in sent if each == name] for name, _ in sent}
    done = desk.post(address("share"), data | {"give": "yes"})
    row = Disclosure.objects.get()
    assert done.url == address("disclosure", disclosure_id=row.pk)
    page = partner.get(reverse("received", args=[row.received_id])).content.decode()
    assert SHOWN.search(page).group() == SHOWN.search(preview).group()
    facts = desk.get(done.url).content.decode()
    assert "maps" not in facts
    assert row.digest in facts
    assert row.digest in page


def test_what_changed_since_the_preview_is_shown_again_first(desk, address, chosen, person):
    preview = desk.post(address("share"), chosen).content.decode()
    given = dict(HIDDEN.findall(preview)) | {"pieces": chosen["pieces"], "give": "yes"}
    person.name_used = "Zed Example"
    person.save()
    again = desk.post(address("share"), given)
    assert again.status_code == 422
    page = again.content.decode()
    assert "Something changed since you looked" in page
    assert "About Zed Example" in page
    assert not Received.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"names": "Nobody Invented"}, "is not known there"),
        ({"pieces": []}, "Choose at least one."),
        ({"under": "law"}, "Please fill this in."),
        ({"under": "law", "purpose": "x", "authority": "duty-to-report"}, "does not fit"),
    ],
)
def test_a_mistake_says_how_to_mend_it_and_loses_nothing(
    desk, address, chosen, police, wrong, says
):
    if "authority" in wrong:
        wrong = wrong | {"agency": str(police.agency_id)}
    page = desk.post(address("share"), chosen | {"names": "Piper Sample"} | wrong)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert (wrong.get("names") or "Piper Sample") in page.content.decode()


def test_a_consent_that_ended_meanwhile_is_told(desk, address, chosen, consent):
    desk.post(address("consent_withdraw", consent_id=consent.pk), {"reason": "no more"})
    page = desk.post(address("share"), chosen)
    assert page.status_code == 422
    assert "Choose an answer." in page.content.decode()


def test_a_decision_is_kept_and_read_back_before(desk, address, person):
    reads = desk.post(address("consent_record"), DECIDED | days() | {"reads": "yes"})
    page = reads.content.decode()
    assert "How it will read to" in page
    assert 'value="Uma Pretend"' in page
    assert page.count("checked") >= 8
    assert not Consent.objects.exists()
    desk.post(address("consent_record"), DECIDED | days())
    assert Consent.objects.get(person=person).to_name == "Uma Pretend"
    assert "Uma Pretend" in desk.get(address("sharing")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"to_name": ""}, "one of them"),
        ({"decider": "parent"}, "Please fill this in."),
        ({"decider": "parent", "decider_name": "Uma", "custody": "none"}, "has custody"),
        ({"form": "oral"}, "Please fill this in."),
        ({"capacity": "not_able"}, "Please fill this in."),
        ({"no_condition": ""}, "nothing is kept from them"),
        ({"until": "2020-01-01"}, "Choose a day after"),
    ],
)
def test_a_decision_that_is_not_whole_or_not_theirs(desk, address, wrong, says):
    page = desk.post(address("consent_record"), DECIDED | days() | wrong)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert DECIDED["purpose"] in page.content.decode()
    assert not Consent.objects.exists()


def test_home_says_what_ends_soon_and_what_was_given(desk, partner, person, police):
    ConsentFactory(person=person, until=today() + dt.timedelta(days=3))
    got = received(police)
    assert "a consent to share ends" in desk.get("/").content.decode()
    home = partner.get("/").content.decode()
    assert reverse("received", args=[got.pk]) in home
    assert "/people/" not in home


def test_a_closed_copy_shows_its_facts_and_no_word_of_it(partner, police):
    over = {"until": today() - dt.timedelta(days=1)}
    row = received(police, text="Xylograph", **over)
    for address in (reverse("received", args=[row.pk]), "/received/", "/"):
        assert "Xylograph" not in partner.get(address).content.decode()
    page = partner.get(reverse("received", args=[row.pk])).content.decode()
    assert row.digest in page
    assert "Its time is over." in page
    law = {"authority": "kept-for-police", "reason": "file 12"}
    for status in (302, 422):
        done = partner.post(reverse("received_keep", args=[row.pk]), law)
        assert done.status_code == status
    assert "Xylograph" in partner.get(reverse("received", args=[row.pk])).content.decode()


def sent_back(page, **more):
    """What the preview sends, as a browser does."""
    sent = [each for each in HIDDEN.findall(page) if each[0] != "csrfmiddlewaretoken"]
    return {name: html.unescape(value) for name, value in sent} | more


TOLD = {
    "authority": "police-protection",
    "purpose": "To meet <her>.",
    "kind_1": "police_step",
    "title_1": "A visit",
    "words_1": "Nobody was <home>.",
    "on_1": "2026-11-03",
    "may_hand_on": "no",
}


def test_an_officer_answers_a_copy_and_the_worker_reads_what_was_previewed(
    desk, partner, address, chosen
):
    desk.post(
        address("share"),
        sent_back(
            desk.post(address("share"), chosen).content.decode(),
            give="yes",
            pieces=chosen["pieces"],
        ),
    )
    copy = Received.objects.get()
    answer = reverse("received_answer", args=[copy.pk])
    assert answer in partner.get(reverse("received", args=[copy.pk])).content.decode()
    preview = partner.post(answer, TOLD).content.decode()
    assert not Given.objects.exists()
    assert "Nobody was &lt;home&gt;." in preview
    again = partner.post(answer, sent_back(preview, change="yes")).content.decode()
    assert "Nobody was &lt;home&gt;.</textarea>" in again
    changed = partner.post(answer, sent_back(preview, give="yes", title_1="Two visits"))
    assert changed.status_code == 422
    assert "Something changed since you looked" in changed.content.decode()
    done = partner.post(answer, sent_back(preview, give="yes"))
    row = Given.objects.get()
    assert done.url == reverse("given", args=[row.pk])
    page = desk.get(reverse("received", args=[row.received_id])).content.decode()
    assert SHOWN.search(page).group() == SHOWN.search(preview).group()
    assert "This is from the police." in page
    assert "received_answer" not in page
    assert "From the police" in desk.get("/received/").content.decode()
    paper = as_shown(Received.objects.get(pk=row.received_id).content)
    assert given_copy(paper, language="fr", code="A").startswith(b"%PDF")
    facts = partner.get(done.url).content.decode()
    assert "home" not in facts.partition("<main")[2]
    assert row.digest in facts
    # Who gave what they answer is named nowhere.
    for shown in (preview, facts, partner.get("/given/").content.decode()):
        assert "Wren" not in shown.partition("<main")[2]


def test_an_officer_gives_by_name_alone_and_a_mistake_loses_nothing(partner, desk, wren, person):
    new = reverse("give_without_file")
    house = WorkerFactory(agency=AgencyFactory(kind="residence"))
    unfit = {"names": house.username, "agency": str(house.agency_id)}
    to = {"about": "Ilo Pretend", "agency": str(wren.agency_id), "names": "nobody"}
    for wrong, says in (
        ({}, "is not known there"),
        ({"names": wren.username, "title_1": ""}, "Say it in short."),
        ({"names": wren.username, "words_2": "More."}, "Choose what it is."),
        (unfit | {"authority": "police-duty-to-report"}, "does not fit"),
        ({"names": ""}, "Name at least one person."),
    ):
        page = partner.post(new, TOLD | to | wrong)
        assert page.status_code == 422
        assert says in page.content.decode()
        assert "Nobody was &lt;home&gt;." in page.content.decode()
    preview = partner.post(new, TOLD | to | {"names": wren.username, "also": "Second Name"})
    partner.post(new, sent_back(preview.content.decode(), give="yes"))
    row = Given.objects.get()
    page = desk.get(reverse("received", args=[row.received_id])).content.decode()
    assert "Second Name" in page
    assert "/people/" not in SHOWN.search(page).group()


def test_a_closed_copy_takes_no_answer(partner, police):
    row = received(police, until=today() - dt.timedelta(days=1))
    answer = reverse("received_answer", args=[row.pk])
    page = reverse("received", args=[row.pk])
    assert partner.get(answer).url == partner.post(answer, TOLD).url == page
    assert answer not in partner.get(page).content.decode()


def test_words_that_went_with_the_schedule_are_said_to_be_gone(partner, police):
    row = received(police, text="Xylograph", until=today() - dt.timedelta(days=30))
    call_command("dispose")
    assert "Its words are gone" in partner.get("/received/").content.decode()
    page = partner.get(reverse("received", args=[row.pk])).content.decode()
    assert "were removed for good" in page
    assert row.digest in page
    keep = reverse("received_keep", args=[row.pk])
    assert keep not in page
    done = partner.post(keep, {"authority": "kept-for-police", "reason": "file 12"})
    assert done.status_code == 422
    assert "nothing left to keep" in done.content.decode()


def test_a_worker_releases_a_disclosure_by_three_questions(desk, address, person):
    row = DisclosureFactory(consent__person=person)
    of = {"disclosure_id": row.pk}
    answers = {"phone": "no", "tip_off": "no", "names": "no"}
    page = desk.post(address("disclosure_release", **of), answers)
    assert "Look at My space together first." in page.content.decode()
    assert desk.get(address("disclosure", **of)).status_code == 200


def test_a_copy_on_paper_says_what_the_page_says_and_has_a_code(partner, police):
    row = received(police, about="Noʔeli", text="good <at> maps, #[maps]")
    for language, name in (("en", "copy.pdf"), ("fr", "copie.pdf")):
        done = partner.get(reverse(f"received_copy_{language}", args=[row.pk]))
        assert done.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        with pikepdf.open(io.BytesIO(done.content)) as pdf:
            assert "Noʔeli" not in str(pdf.docinfo)
            assert len(pdf.pages) == 1
        assert len(AuditRow.objects.filter(action="disclosure.read").latest("id").trace) == 8
    shown = as_shown(row.content)
    assert given_copy(shown, language="en", code="A") == given_copy(shown, language="en", code="A")
    assert ("", "good <at> maps, #[maps]") in shown.items[0].lines


def test_withdrawn_while_it_is_being_printed_nothing_is_handed_out(
    partner, police, person, consent, monkeypatch
):
    given = DisclosureFactory(consent=consent)
    row = received(
        police,
        text="Xylograph",
        until=given.until,
        from_agency=person.agency,
        disclosure_id=given.pk,
    )
    Disclosure.objects.filter(pk=given.pk).update(received_id=row.pk)
    address = reverse("received_copy_en", args=[row.pk])
    assert partner.get(address).headers["Content-Type"] == "application/pdf"

    def slowly(*given, **more):
        withdraw(by=young_person(person.pk, person.agency_id), consent=consent)
        return given_copy(*given, **more)

    monkeypatch.setattr("leeward.practice_desk.views.received.given_copy", slowly)
    assert partner.get(address).url == reverse("received", args=[row.pk])
    monkeypatch.undo()
    # Nor afterwards.
    assert partner.get(address).url == reverse("received", args=[row.pk])


def test_paper_asks_when_the_last_sign_in_is_old(partner, police):
    copy = reverse("received_copy_en", args=[received(police).pk])
    assert partner.get(copy).status_code == 200
    stale(partner)
    assert partner.get(copy).url.startswith(reverse("sign_in_again"))


def test_the_demo_has_a_partner_who_sees_what_was_given_and_no_file():
    populate(by=SYSTEM, people=4, seed=1)
    for _twice in range(2):
        let_in()
        share_some()
    partner = actor_for(Worker.objects.get(username=PARTNER))
    assert [each.authority for each in received_by(partner)] == ["police-investigation", ""]
    assert not YoungPerson.objects.visible_to(partner).exists()
    assert {each.state for each in Disclosure.objects.all()} == {"open", "withdrawn"}
    assert Telling.objects.count() == 2
    (answer,) = received_by(actor_for(Worker.objects.get(username=WORKER)))
    assert answer.from_agency.kind == "police"
