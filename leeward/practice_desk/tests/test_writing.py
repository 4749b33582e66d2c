import datetime as dt
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.legal.models import Duty
from leeward.observations.actions import Seen, record_observation
from leeward.observations.factories import signs_of_one_stage
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import current_model
from leeward.people.models import FileEvent, Strength, YoungPerson
from leeward.plans.factories import ItemVersionFactory, ReaderFactory
from leeward.plans.models import Item, ItemVersion, Suggestion
from leeward.practice_desk.typed_words import writer_mark

FILLED = {
    "id": "0192f0c0-0000-7000-8000-000000000001",
    "text": "Came by after class, laughing.",
    "when": "now",
    "source": "seen",
    "harm": "none",
}


def test_record_with_a_text_and_one_answer_is_enough(desk, person):
    response = desk.post(reverse("record", args=[person.pk]), FILLED)
    assert response.status_code == 302
    row = Observation.objects.get()
    assert (row.text, row.on) == (FILLED["text"], today().isoformat())
    assert ":" in row.part_of_day


def test_record_twice_from_a_slow_line_is_one_note(desk, person):
    url = reverse("record", args=[person.pk])
    desk.post(url, FILLED)
    desk.post(url, FILLED)
    assert Observation.objects.count() == 1


def test_record_with_a_mistake_keeps_everything_typed(desk, person):
    sign = signs_of_one_stage(1)[0]
    typed = {
        **FILLED,
        "harm": "",
        "own_words": "I said <b>no</b>",
        "good_news": "new bike",
        f"sign-{sign}": "unsure",
    }
    response = desk.post(reverse("record", args=[person.pk]), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "I said &lt;b&gt;no&lt;/b&gt;" in page
    assert "new bike" in page
    assert f'name="sign-{sign}" value="unsure" checked' in page
    assert "Yes, or not sure" in page
    assert not Observation.objects.exists()


def test_record_nothing_says_what_would_be_enough(desk, person):
    response = desk.post(reverse("record", args=[person.pk]), {**FILLED, "text": " "})
    assert response.status_code == 422
    assert "or choose a sign" in response.content.decode()


def test_record_a_day_ahead_is_refused_with_a_reason(desk, person):
    ahead = (today() + dt.timedelta(days=2)).isoformat()
    typed = {**FILLED, "when": "other", "on": ahead}
    response = desk.post(reverse("record", args=[person.pk]), typed)
    assert "has not come yet" in response.content.decode()


def test_record_harm_opens_a_duty_that_heads_home_until_answered(desk, person):
    typed = {**FILLED, "harm": "possible", "about": "both", "other_child_age": "13"}
    response = desk.post(reverse("record", args=[person.pk]), typed)
    assert response.headers["Location"] == reverse("duties")
    assert Duty.objects.count() == 2
    home = desk.get(reverse("home")).content.decode()
    assert "Not answered yet" in home
    for duty in Duty.objects.all():
        answered = desk.post(
            reverse("duty", args=[duty.pk]),
            {
                "outcome": "reported",
                "on": today().isoformat(),
                "who": "Wren Example",
                "society": "Invented Society",
            },
        )
        assert answered.status_code == 302
    assert "Not answered yet" not in desk.get(reverse("home")).content.decode()


def test_duty_answer_without_reasons_is_asked_for_them(desk, person):
    desk.post(reverse("record", args=[person.pk]), {**FILLED, "harm": "possible", "about": "self"})
    url = reverse("duty", args=[Duty.objects.get().pk])
    response = desk.post(url, {"outcome": "not_reported", "on": today().isoformat()})
    assert response.status_code == 422
    assert "Give your reasons" in response.content.decode()


def test_duty_about_another_child_names_nobody_from_the_first_file(desk, person):
    typed = {**FILLED, "harm": "possible", "about": "another_child", "other_child": "Pip, 13"}
    desk.post(reverse("record", args=[person.pk]), typed)
    page = desk.get(reverse("duty", args=[Duty.objects.get().pk])).content.decode()
    assert "Pip, 13" in page
    assert person.name_used not in page
    assert str(person.pk) not in page
    assert "Pip, 13" not in desk.get(reverse("timeline", args=[person.pk])).content.decode()


def test_sign_in_over_a_page_is_for_the_same_worker(client, wren, colleague):
    wren.set_password("an invented long password")
    wren.save()
    url = reverse("sign_in_over")
    typed = {"login": "wren", "password": "an invented long password"}
    assert client.post(url, {**typed, "worker": str(colleague.pk)}).status_code == 422
    assert client.post(url, {**typed, "password": "x", "worker": str(wren.pk)}).status_code == 422
    response = client.post(url, {**typed, "worker": str(wren.pk)})
    assert response.status_code == 204
    assert response.headers["X-CSRFToken"]
    assert client.get(reverse("home")).status_code == 200


def test_form_with_an_old_token_comes_back_with_all_that_was_typed(wren, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(wren)
    url = reverse("record", args=[person.pk])
    typed = {**FILLED, "written_by": writer_mark(wren.pk)}
    response = client.post(url, typed, headers={"origin": "http://testserver"})
    assert response.status_code == 403
    assert FILLED["text"] in response.content.decode()
    assert "Save now" in response.content.decode()
    assert not Observation.objects.exists()


def test_form_from_another_site_is_refused_outright(wren, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(wren)
    url = reverse("record", args=[person.pk])
    response = client.post(url, FILLED, headers={"origin": "https://elsewhere.example"})
    assert response.status_code == 403
    assert FILLED["text"] not in response.content.decode()


def test_correction_stands_beside_what_it_corrects(desk, actor, person):
    note = record_observation(by=actor, person=person, seen=Seen(text="three nights"))
    url = reverse("correct", args=[person.pk, note.pk])
    assert "three nights" in desk.get(url).content.decode()
    desk.post(url, {**FILLED, "text": "two nights"})
    newer = Observation.objects.get(corrects=note)
    assert newer.text == "two nights"
    page = desk.get(reverse("timeline", args=[person.pk])).content.decode()
    assert "two nights" in page
    assert "three nights" in page
    assert "entry--corrected" in page


def test_explanation_and_pin_from_a_note(desk, actor, person):
    sign = signs_of_one_stage(1)[0]
    note = record_observation(
        by=actor, person=person, seen=Seen(text="new phone", findings={sign: "present"})
    )
    where = [person.pk, note.pk]
    assert desk.post(reverse("explain", args=where), {"on": today()}).status_code == 422
    desk.post(
        reverse("explain", args=where), {"how": "A gift from an aunt.", "on": today().isoformat()}
    )
    desk.post(reverse("pin", args=where), {"why": "First gift this year."})
    page = desk.get(reverse("timeline", args=[person.pk]), {"pinned": "1"}).content.decode()
    assert "A gift from an aunt." in page
    assert "First gift this year." in page
    desk.post(reverse("unpin", args=where))
    page = desk.get(reverse("timeline", args=[person.pk]), {"pinned": "1"}).content.decode()
    assert "First gift this year." not in page


def test_reading_waits_for_an_own_opinion_and_the_grid_does_not(desk, actor, person):
    signs = signs_of_one_stage(3)
    record_observation(
        by=actor, person=person, seen=Seen(text="x", findings=dict.fromkeys(signs, "present"))
    )
    stage = current_model().indicators[signs[0]].stage
    name = current_model().stages[stage].name.en
    url = reverse("signs", args=[person.pk])
    page = desk.get(url).content.decode()
    assert "Shown once you have given your own opinion" in page
    assert "some evidence" not in page
    assert "pic-grid" in page
    given = desk.post(
        reverse("give_opinion", args=[person.pk]),
        {"stage": "unnamed", "confidence": "not_very", "reasons": "too early"},
    )
    opinion = Opinion.objects.get()
    assert given.headers["Location"] == reverse("opinion", args=[person.pk, opinion.pk])
    beside = desk.get(given.headers["Location"]).content.decode()
    assert "some evidence" in beside
    assert name in beside
    assert "some evidence" in desk.get(url).content.decode()
    record_observation(
        by=actor, person=person, seen=Seen(text="y", findings={signs[0]: "present"})
    )
    assert "some evidence" not in desk.get(url).content.decode()
    assert "some evidence" in desk.get(given.headers["Location"]).content.decode()


def test_resolving_is_for_a_supervisor_with_a_reason(client, desk, actor, person, supervisor):
    desk.post(
        reverse("give_opinion", args=[person.pk]),
        {"stage": "unnamed", "confidence": "fairly", "reasons": "r"},
    )
    opinion = Opinion.objects.get()
    url = reverse("resolve", args=[person.pk, opinion.pk])
    assert desk.post(url, {"reason": "mine"}).status_code == 403
    client.force_login(supervisor)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Newest facts."}).status_code == 302
    assert "Newest facts." in client.get(reverse("signs", args=[person.pk])).content.decode()


def test_file_is_opened_only_after_a_search_with_strengths_first(desk, wren):
    assert desk.get(reverse("open_file")).headers["Location"] == reverse("find")
    page = desk.post(reverse("find"), {"q": "ᓄᐁᓖ"}).content.decode()
    assert "Open a new file" in page
    form = desk.post(reverse("open_file"), {"asked": "ᓄᐁᓖ"}).content.decode()
    assert form.index('name="strengths"') < form.index('name="own_words"')
    assert form.index('name="own_words"') < form.index('name="name_used"')
    assert "ᓄᐁᓖ" in form
    made = desk.post(
        reverse("open_file"), {"name_used": "ᓄᐁᓖ", "strengths": "patient\nfunny", "own_words": ""}
    )
    person = YoungPerson.objects.get()
    assert made.headers["Location"] == reverse("overview", args=[person.pk])
    assert sorted(each.text for each in Strength.objects.all()) == ["funny", "patient"]
    assert FileEvent.objects.get().kind == "opened"
    assert "ᓄᐁᓖ" in desk.post(reverse("find"), {"q": "ᓄᐁᓖ"}).content.decode()


def test_file_for_somebody_alike_asks_first_and_keeps_what_was_typed(desk, person):
    typed = {"name_used": "Noeli", "strengths": "kind", "own_words": "", "reason": "school"}
    asked = desk.post(reverse("open_file"), typed)
    page = asked.content.decode()
    assert "Somebody here has a name like this" in page
    assert "kind" in page
    assert YoungPerson.objects.count() == 1
    desk.post(reverse("open_file"), {**typed, "none_of_these": "yes", "shown": str(person.pk)})
    assert YoungPerson.objects.count() == 2


def test_find_shows_that_somebody_is_here_without_opening_their_file(client, colleague, person):
    client.force_login(colleague)
    page = client.post(reverse("find"), {"q": "noeli"}).content.decode()
    assert "Not on your list. Talk to Wren Example." in page
    assert f'"{reverse("overview", args=[person.pk])}"' not in page
    assert reverse("break_glass", args=[person.pk]) in page


def test_find_records_who_was_shown_and_never_what_was_asked(desk, person):
    desk.post(reverse("find"), {"q": "noeli"})
    row = AuditRow.objects.filter(purpose="find").latest("id")
    assert row.shown == [str(person.pk)]
    assert "noeli" not in str(vars(row)).lower()


def test_details_changed_by_two_people_shows_both(desk, person):
    url = reverse("details", args=[person.pk])
    form = {"name_used": "Noʔeli", "likeness": "2", "version": "1"}
    assert desk.post(url, {**form, "pronouns": "she"}).status_code == 302
    late = desk.post(url, {**form, "pronouns": "they"})
    page = late.content.decode()
    assert late.status_code == 422
    assert "What was saved meanwhile" in page
    assert "they" in page
    assert ">she<" in page
    person.refresh_from_db()
    assert person.pronouns == "she"


def test_a_piece_of_the_plan_changed_by_two_people_shows_both_and_keeps_versions(desk, person):
    desk.post(reverse("plan_write", args=[person.pk]), {"want": "a door", "sees": "team"})
    url = reverse("plan_change", args=[person.pk, Item.objects.get().pk])
    desk.post(url, {"words": "a door that locks", "version": "1"})
    late = desk.post(url, {"words": "a bike", "version": "1"})
    assert late.status_code == 422
    assert "a door that locks" in late.content.decode()
    assert "a bike" in late.content.decode()
    desk.post(url, {"words": "a bike", "version": "2"})
    kept = [each.words for each in ItemVersion.objects.order_by("number")]
    assert kept == ["a door", "a door that locks", "a bike"]
    assert "Earlier versions" in desk.get(reverse("plan", args=[person.pk])).content.decode()


def test_nothing_written_in_the_plan_is_asked_for_again(desk, person):
    url = reverse("plan_write", args=[person.pk])
    empty = desk.post(url, {"want": "", "sees": "team"})
    assert empty.status_code == 422
    assert "Write under one heading" in empty.content.decode()
    assert desk.post(url, {"want": "a door", "sees": ""}).status_code == 422


def test_what_they_typed_themselves_a_worker_suggests_and_never_changes(desk, person):
    own = ItemVersionFactory(person_of=person, own=True, words="my own key").item
    url = reverse("plan_change", args=[person.pk, own.pk])
    suggest = reverse("plan_suggest_change", args=[person.pk, own.pk])
    assert desk.get(url).url == suggest
    refused = desk.post(url, {"words": "a key", "version": "1"})
    assert refused.status_code == 422
    assert "typed this themselves" in refused.content.decode()
    assert desk.post(suggest, {"words": "a key of my own", "why": ""}).status_code == 302
    assert [each.words for each in ItemVersion.objects.all()] == ["my own key"]
    assert Suggestion.objects.get().words == "a key of my own"
    page = desk.get(reverse("plan", args=[person.pk])).content.decode()
    assert "Not answered yet." in page


def test_what_is_not_shared_with_this_worker_is_not_there(desk, person, colleague):
    alone = ItemVersionFactory(person_of=person, alone=True, words="for me alone").item
    other = ItemVersionFactory(person_of=person, own=True, sees="named", words="for Jo").item
    ReaderFactory(version=other.versions.get(), worker=colleague)
    page = desk.get(reverse("plan", args=[person.pk])).content.decode()
    assert "for me alone" not in page
    assert "for Jo" not in page
    for item in (alone, other):
        for name in ("plan_change", "plan_suggest_change", "step_went"):
            url = reverse(name, args=[person.pk, item.pk])
            assert desk.get(url).status_code == 404
            assert desk.post(url, {"words": "x", "version": "1"}).status_code == 404


def test_plan_copy_is_a_pdf_with_a_neutral_name_and_is_recorded_as_printed(desk, person):
    desk.post(reverse("plan_write", args=[person.pk]), {"want": "a key", "sees": "team"})
    for language, name in (("en", "my-plan.pdf"), ("fr", "mon-plan.pdf")):
        response = desk.get(reverse(f"plan_copy_{language}", args=[person.pk]))
        assert response.content.startswith(b"%PDF-")
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert AuditRow.objects.filter(action="file.print", subject_id=person.pk).count() == 2


def test_time_away_is_opened_once_and_ended(desk, person):
    went, back = (reverse(n, args=[person.pk]) for n in ("went_missing", "came_back"))
    assert desk.post(went, {"since": today().isoformat()}).status_code == 302
    again = desk.post(went, {"since": today().isoformat()})
    assert again.status_code == 422
    assert "already recorded" in again.content.decode()
    assert "Missing" in desk.get(reverse("overview", args=[person.pk])).content.decode()
    early = (today() - dt.timedelta(days=3)).isoformat()
    assert "before they went" in desk.post(back, {"on": early, "at": "9:05"}).content.decode()
    assert desk.post(back, {"on": today().isoformat()}).status_code == 302


def test_timeline_filters_and_what_was_known_on_a_day(desk, actor, person):
    record_observation(by=actor, person=person, seen=Seen(text="seen today", on="2025-03-01"))
    url = reverse("timeline", args=[person.pk])
    yesterday = (today() - dt.timedelta(days=1)).isoformat()
    assert "seen today" in desk.get(url).content.decode()
    assert "seen today" not in desk.get(url, {"known_on": yesterday}).content.decode()
    assert "seen today" not in desk.get(url, {"kind": "opinion"}).content.decode()
    assert "seen today" in desk.get(url, {"until": "2025-03-01"}).content.decode()
    assert (
        "seen today"
        not in desk.get(f"{url}?{urlencode({'since': '2025-03-02'})}").content.decode()
    )


def test_a_birth_date_still_to_come_is_refused_and_stops_no_page(desk, person):
    url = reverse("details", args=[person.pk])
    form = {"name_used": "Noʔeli", "likeness": "2", "version": "1", "born": "2999"}
    response = desk.post(url, form)
    assert response.status_code == 422
    assert "has not come yet" in response.content.decode()
    assert desk.get(reverse("signs", args=[person.pk])).status_code == 200


def test_signs_beside_harm_to_another_child_stop_no_page(desk, person):
    sign = signs_of_one_stage(1)[0]
    typed = {**FILLED, "harm": "now", "about": "another_child", f"sign-{sign}": "present"}
    assert desk.post(reverse("record", args=[person.pk]), typed).status_code == 302
    assert desk.get(reverse("signs", args=[person.pk])).status_code == 200


def test_a_sign_that_the_model_does_not_have_is_said_and_nothing_is_lost(desk, person):
    response = desk.post(
        reverse("record", args=[person.pk]), {**FILLED, "sign-not-a-sign": "present"}
    )
    assert response.status_code == 422
    assert "The signs have changed" in response.content.decode()
    assert FILLED["text"] in response.content.decode()
