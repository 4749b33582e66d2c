"""The invented people: drawn again they are the same, whole, plainly invented, and kept sealed."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources

import pytest
from django.core.exceptions import BadRequest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.actors import SYSTEM, actor_for
from leeward.accounts.factories import AgencyFactory
from leeward.accounts.models import Agency, Worker
from leeward.audit.models import AuditRow
from leeward.drafts.queries import draft_for
from leeward.legal.models import Duty
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import current_model, parsed_record, reading_of
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.queries import find
from leeward.practice_desk.invented import cast as cast_module
from leeward.practice_desk.invented import populate as populate_module
from leeward.practice_desk.invented.cast import (
    BLOCK,
    agencies,
    last_day,
    persona_keys,
    teams,
)
from leeward.practice_desk.invented.content import FOLDER, said, texts
from leeward.practice_desk.invented.files import File, record_on
from leeward.practice_desk.invented.names import surnames
from leeward.practice_desk.invented.populate import HoldsOthers, RealData, populate, unfinished
from leeward.practice_desk.invented.simulate import simulate
from leeward.practice_desk.queries.home import home_of
from leeward.practice_model.model import HARM, MOVEMENT_AWAY

LAST = dt.date(2025, 11, 3)
SEALED = ("name_used", "text", "born", "findings", "stage", "reasons")


def drawn(people: int, seed: int = 1, start: int = 0) -> Iterator[File]:
    """Files in memory."""
    here = teams(seed, 0, agencies(seed))
    for number in range(start, people):
        yield simulate(seed=seed, number=number, last=LAST, here=here)


def contents(file: File) -> list[tuple[str, dict[str, object]]]:
    """Every value of every row, for comparing two files."""
    return [
        (
            type(row).__name__,
            {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields},
        )
        for rows in file.rows()
        for row in rows
    ]


def fill(people: int, seed: int = 1) -> list[tuple[object, str]]:
    """Populate, and say who is there."""
    populate(by=SYSTEM, people=people, seed=seed)
    return [(one.pk, one.name_used) for one in YoungPerson.objects.order_by("pk")]


def test_the_same_seed_draws_the_same_files():
    first, second = list(drawn(14)), list(drawn(14))
    assert [contents(one) for one in first] == [contents(one) for one in second]


def test_another_seed_draws_other_people():
    names = {file.person.name_used for file in drawn(14, seed=1, start=1)}
    others = {file.person.name_used for file in drawn(14, seed=2, start=1)}
    assert len(names & others) < 4


def test_a_file_does_not_depend_on_who_was_drawn_before_it():
    alone = next(drawn(13, start=12))
    assert contents(alone) == contents(list(drawn(13))[12])


@pytest.mark.django_db
def test_fewer_people_are_the_first_of_more():
    with transaction.atomic():
        few = fill(6)
        transaction.set_rollback(True)
    assert fill(11)[:6] == few


@pytest.mark.django_db
def test_every_record_kept_parses_and_reads_as_it_did_in_memory():
    populate(by=SYSTEM, people=30, seed=1)
    day = last_day()
    here = teams(1, 0, agencies(1))
    for number in range(30):
        file = simulate(seed=1, number=number, last=day, here=here)
        person = YoungPerson.objects.get(pk=file.person.pk)
        assert record_on(file, day) == parsed_record(person, day)


@pytest.mark.django_db
def test_the_reading_kept_beside_an_opinion_is_the_one_of_that_day():
    populate(by=SYSTEM, people=30, seed=1)
    opinions = list(Opinion.objects.select_related("person"))
    assert len(opinions) > 30
    for opinion in opinions:
        assert opinion.reading == reading_of(opinion.person, opinion.on)


def test_everybody_is_plainly_invented():
    for file in drawn(BLOCK):
        names = " ".join(file.names())
        assert any(name in names for name in surnames()), names
        assert len(file.person.name_used) <= 60


def test_names_come_in_many_shapes():
    names = [file.person.name_used for file in drawn(BLOCK)]
    assert names[0] == "Noʔeli"
    assert any(len(name) > 50 for name in names)
    assert any(" " not in name for name in names[1:])
    assert any("-" in name for name in names)
    assert any("’" in name for name in names)
    assert any(not name.isascii() for name in names)


def test_every_worker_is_plainly_invented():
    for block in (0, 3):
        for team in teams(1, block, agencies(1)).values():
            for worker in team.workers:
                assert any(name in worker.display_name for name in surnames())
                assert not worker.has_usable_password()


# Some of Ontario's places, peoples and agencies: none may turn up.
REAL = (
    "Toronto|Ottawa|Hamilton|Kenora|Sudbury|Timmins|Thunder Bay|Windsor|Kingston|Sarnia|Moosonee"
    "|Sault|Peel|Durham|Niagara|Ontario|Canada|Anishin|Ojibw|Cree|Mohawk|Haudeno|Mushkego|Inuit"
    "|Métis|Metis|Algonquin|Oneida|Odawa|Potawatomi|Six Nations|Dilico|Tikinagan|Covenant House"
)


def test_no_real_place_people_or_number_is_named():
    for path in sorted(
        resources.files("leeward.practice_desk.invented").joinpath("content").iterdir(), key=str
    ):
        text = path.read_text(encoding="utf-8").replace("America/Toronto", "")
        assert not re.search(rf"\b({REAL})", text), path
        assert not re.search(r"\d{3}[-. ]\d{3}[-. ]\d{4}", text), path
        assert set(re.findall(r"\b\d{3}-\d{4}\b", text)) <= {"555-0142"}, path
    assert FOLDER.is_dir()


def test_every_sign_thread_and_stage_has_words_in_both_languages():
    model = current_model()
    for language in ("en", "fr"):
        for sign in model.signs.values():
            assert not sign.recordable or said("signs", sign.indicator.id, language)
        for thread in model.threads:
            assert said("threads", thread, language, "absent")
            assert said("threads", thread, language, "unsure")
        for stage in ("", *model.stages):
            for part in ("reasons", "would_change", "own_view"):
                assert said("opinions", stage, language, part)
    assert set(texts("signs")) <= set(model.signs)
    for name in ("moments", "plans", "people"):
        assert set(texts(name)["en"]) == set(texts(name)["fr"])


def test_strengths_are_as_common_as_concerns():
    model, count = current_model(), Counter()
    for file in drawn(120):
        count["strengths"] += len(file.strengths) + sum(
            bool(n.good_news) for n in file.observations
        )
        for note in file.observations:
            seen = [s for s, finding in (note.findings or {}).items() if finding == "present"]
            roles = {model.signs[sign].role for sign in seen}
            count["strengths"] += MOVEMENT_AWAY in roles
            count["concerns"] += bool(seen) and MOVEMENT_AWAY not in roles
    assert count["strengths"] >= count["concerns"] > 100


def test_some_were_never_drawn_in_and_some_returned():
    stages, paths = current_model().stages, Counter()
    for file in drawn(BLOCK, start=1):
        roles = [stages[one.stage].role for one in file.opinions if one.stage]
        paths["never"] += HARM not in roles and MOVEMENT_AWAY not in roles
        left = roles.index(MOVEMENT_AWAY) if MOVEMENT_AWAY in roles else len(roles)
        paths["left"] += left < len(roles)
        paths["returned"] += HARM in roles[left:]
    assert paths["never"] > 40
    assert paths["left"] > 20
    assert paths["returned"] > 5


def test_nothing_lies_after_the_last_day():
    for file in drawn(60):
        for rows in file.rows():
            for row in rows:
                at = getattr(row, "recorded_at", None)
                assert at is None or at.date() <= LAST, (type(row), at)
        assert all(note.sort_on <= note.recorded_at.date() for note in file.observations)
        assert all(one.on <= LAST for one in [*file.contacts, *file.opinions])


def test_the_last_day_is_yesterday_in_every_zone():
    # 00:30 in Toronto is still the day before in Winnipeg.
    moment = dt.datetime(2025, 11, 4, 5, 30, tzinfo=dt.UTC)
    assert last_day(now=moment) == dt.date(2025, 11, 2)


def test_a_report_is_never_a_choice_under_sixteen():
    answered = 0
    for file in drawn(BLOCK):
        for answer in file.answers:
            duty = next(one for one in file.duties if one.id == answer.duty_id)
            born = file.person.born[:4]
            if duty.person_id and born and answer.on.year - int(born) >= 16:
                continue
            answered += 1
            assert answer.outcome == "reported"
            assert answer.who
    assert answered > 20


@pytest.mark.django_db
def test_every_note_of_harm_has_its_duty_and_another_child_stays_out_of_the_file():
    populate(by=SYSTEM, people=60, seed=1)
    asked = Counter()
    for note in Observation.objects.all():
        about = (note.harm or {}).get("about")
        asked["self"] += about in ("self", "both")
        asked["other"] += about in ("another_child", "both")
        if about == "another_child":
            assert not note.findings
    assert Duty.objects.filter(person__isnull=False).count() == asked["self"] > 5
    assert Duty.objects.filter(person__isnull=True).count() == asked["other"] > 0


@pytest.mark.django_db
def test_what_is_kept_is_sealed():
    populate(by=SYSTEM, people=6, seed=1)
    person = YoungPerson.objects.order_by("pk")[0]
    with connection.cursor() as cursor:
        for model in (YoungPerson, Observation, Opinion):
            for field in model._meta.concrete_fields:
                if field.column in SEALED:
                    cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')  # noqa: S608
                    for (kept,) in cursor.fetchall():
                        assert kept is None or person.name_used.encode() not in bytes(kept)
                        assert kept is None or b"present" not in bytes(kept)


@pytest.mark.django_db
def test_the_times_of_the_story_are_kept():
    populate(by=SYSTEM, people=2, seed=1)
    noeli = YoungPerson.objects.order_by("pk")[0]
    assert noeli.opened_at < timezone.now() - dt.timedelta(days=500)
    first = noeli.observations.order_by("recorded_at")[0]
    assert first.recorded_at < timezone.now() - dt.timedelta(days=500)


@pytest.mark.django_db
def test_everybody_can_be_found():
    populate(by=SYSTEM, people=12, seed=1)
    wren = actor_for(Worker.objects.select_related("agency").get(username="wren"))
    assert find(wren, "noeli")[0].person.name_used == "Noʔeli"
    assert SearchToken.objects.values("person").distinct().count() == 12


@pytest.mark.django_db
def test_one_audit_row_a_person_and_two_for_the_population():
    populate(by=SYSTEM, people=12, seed=1)
    rows = AuditRow.objects.all()
    assert rows.filter(action="file.create").count() == 12
    assert rows.exclude(action="file.create").count() == 2
    assert set(rows.values_list("actor_kind", flat=True)) == {"system"}
    assert set(rows.filter(action="file.create").values_list("subject_id", flat=True)) == set(
        YoungPerson.objects.values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_people():
    counts = []
    for people in (15, 45):
        with transaction.atomic():
            with CaptureQueriesContext(connection) as seen:
                populate(by=SYSTEM, people=people, seed=1)
            counts.append(len(seen))
            transaction.set_rollback(True)
    # A kind of row that the first fifteen do not have may join in; nothing comes by the person.
    assert counts[1] <= counts[0] + 6


@pytest.mark.django_db
def test_a_real_agency_is_refused_and_left_alone():
    AgencyFactory(invented=False)
    with pytest.raises(RealData):
        populate(by=SYSTEM, people=5, seed=1)
    assert not YoungPerson.objects.exists()
    assert Agency.objects.count() == 1


@pytest.mark.django_db
def test_people_who_are_here_already_are_not_mixed_with_others():
    YoungPersonFactory()
    with pytest.raises(HoldsOthers):
        populate(by=SYSTEM, people=5, seed=1)


@pytest.mark.django_db
def test_a_finished_population_is_not_drawn_again():
    populate(by=SYSTEM, people=5, seed=1)
    with pytest.raises(HoldsOthers):
        populate(by=SYSTEM, people=9, seed=1)


@pytest.mark.django_db
def test_a_run_that_was_stopped_goes_on_where_it_ended(monkeypatch):
    monkeypatch.setattr(cast_module, "BLOCK", 5)
    monkeypatch.setattr(populate_module, "BLOCK", 5)
    with transaction.atomic():
        whole = fill(12)
        transaction.set_rollback(True)

    def stop(_count: int) -> None:
        if YoungPerson.objects.count() > 5:
            raise BadRequest

    with pytest.raises(BadRequest):
        populate(by=SYSTEM, people=12, seed=1, progress=stop)
    assert YoungPerson.objects.count() == 5
    assert unfinished() == (1, 12)
    assert fill(12) == whole
    assert unfinished() is None


def test_each_persona_has_a_caseload_of_their_own():
    team = Counter(
        one.worker.username
        for file in drawn(BLOCK)
        for one in file.team
        if one.until is None and file.person.state == "open"
    )
    for username in persona_keys():
        if username in {"robin", "noor", "lise", "kai", "june", "elio"}:
            assert team[username] == 0
        else:
            assert team[username] >= 8, username


def test_a_caseload_is_as_long_among_many_as_among_few():
    for block in (0, 7):
        here = teams(1, block, agencies(1))
        kept = Counter(
            cast_module.place_of(number, here).keeper.pk
            for number in range(block * BLOCK, (block + 1) * BLOCK)
        )
        assert max(kept.values()) <= 15
        assert min(kept.values()) >= 10


@pytest.mark.django_db
def test_home_has_something_of_everything_for_a_persona():
    populate(by=SYSTEM, people=90, seed=1)
    for username in ("wren", "odile", "tala"):
        home = home_of(
            by=actor_for(Worker.objects.select_related("agency").get(username=username))
        )
        assert home.duties
        assert home.missing
        assert home.not_seen
        assert home.due


@pytest.mark.django_db
def test_noeli_has_a_draft_waiting_and_the_story_of_the_pictures():
    populate(by=SYSTEM, people=1, seed=1)
    noeli = YoungPerson.objects.get()
    wren = actor_for(Worker.objects.select_related("agency").get(username="wren"))
    draft = draft_for(wren, "record", noeli.pk)
    assert draft is not None
    assert draft.typed["other_child_age"] == ["13"]
    reading = reading_of(noeli, last_day())
    assert [one["stage"] for one in reading["supported"]] == ["transitioning_away", "at_risk"]
    assert reading["unknown_threads"] == ["substances", "online"]
