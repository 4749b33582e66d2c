import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from leeward.access.actors import SYSTEM, actor_for
from leeward.audit.models import AuditRow
from leeward.drafts.actions import NobodyTyped, drop_draft, keep_draft
from leeward.drafts.models import Draft
from leeward.drafts.queries import draft_for, drafts_of
from leeward.people.factories import YoungPersonFactory
from leeward.sealing import keyring

pytestmark = pytest.mark.django_db
TYPED = {"text": ["She came by ᓄᐁᓖ"], "sign-x": ["present"], "strength": ["a", "b"]}


def test_a_draft_comes_back_as_typed(actor, person):
    keep_draft(by=actor, form="record", subject_id=person.pk, typed=TYPED)
    assert draft_for(actor, "record", person.pk).typed == TYPED


def test_saving_again_replaces_what_was_typed_and_keeps_one_draft(actor, person):
    first = keep_draft(by=actor, form="record", subject_id=person.pk, typed={"text": ["a"]})
    again = keep_draft(by=actor, form="record", subject_id=person.pk, typed={"text": ["ab"]})
    assert first.pk == again.pk
    assert again.saved_at >= first.saved_at
    assert Draft.objects.get().typed == {"text": ["ab"]}


@pytest.mark.parametrize("about_somebody", [True, False])
def test_the_database_keeps_one_draft_per_form_and_subject(actor, person, about_somebody):
    subject = person.pk if about_somebody else None
    keep_draft(by=actor, form="record", subject_id=subject, typed=TYPED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(
            owner_id=actor.id, agency_id=actor.agency_id, form="record", subject_id=subject
        )


def test_drafts_of_two_forms_and_two_subjects_stay_apart(actor, person):
    for form, subject in (("record", person.pk), ("plan", person.pk), ("record", None)):
        keep_draft(by=actor, form=form, subject_id=subject, typed={"text": [form]})
    assert drafts_of(actor).count() == 3
    assert draft_for(actor, "plan", person.pk).typed == {"text": ["plan"]}


def test_nobody_else_reads_a_draft_not_even_a_supervisor(actor, person, supervisor, colleague):
    keep_draft(by=actor, form="record", subject_id=person.pk, typed=TYPED)
    for other in (supervisor, colleague):
        assert not drafts_of(actor_for(other)).exists()
        assert draft_for(actor_for(other), "record", person.pk) is None


def test_two_workers_keep_a_draft_each(actor, person, colleague):
    for who in (actor, actor_for(colleague)):
        keep_draft(by=who, form="record", subject_id=person.pk, typed={"text": [who.name]})
    assert draft_for(actor, "record", person.pk).typed == {"text": ["Wren Example"]}


def test_the_newest_draft_comes_first(actor, agency):
    subjects = [YoungPersonFactory(agency=agency).pk for _n in range(3)]
    for subject in subjects:
        keep_draft(by=actor, form="record", subject_id=subject, typed=TYPED)
    keep_draft(by=actor, form="record", subject_id=subjects[0], typed=TYPED)
    assert drafts_of(actor).first().subject_id == subjects[0]


def test_letting_a_draft_go_removes_it_and_says_so_once(actor, person):
    keep_draft(by=actor, form="record", subject_id=person.pk, typed=TYPED)
    drop_draft(by=actor, form="record", subject_id=person.pk)
    drop_draft(by=actor, form="record", subject_id=person.pk)
    assert not Draft.objects.exists()
    assert AuditRow.objects.filter(action="draft.drop").count() == 1


def test_letting_go_leaves_everybody_elses_drafts(actor, person, colleague):
    keep_draft(by=actor, form="record", subject_id=person.pk, typed=TYPED)
    drop_draft(by=actor_for(colleague), form="record", subject_id=person.pk)
    assert Draft.objects.count() == 1


def test_the_system_types_nothing():
    with pytest.raises(NobodyTyped):
        keep_draft(by=SYSTEM, form="record", subject_id=None, typed=TYPED)


def test_what_is_typed_lies_sealed(actor, person):
    keep_draft(by=actor, form="record", subject_id=person.pk, typed=TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM drafts_draft")
        held = bytes(cursor.fetchone()[0])
    assert b"came by" not in held


def test_a_draft_of_a_correction_fits_its_column(actor, person):
    form = f"correct-{uuid.uuid4()}"
    keep_draft(by=actor, form=form, subject_id=person.pk, typed=TYPED)
    assert draft_for(actor, form, person.pk).typed == TYPED
    assert Draft._meta.get_field("form").max_length >= len(form)


def test_what_nobody_saved_about_nobody_yet_goes_when_its_days_are_over(
    actor, colleague, person, capsys, django_capture_on_commit_callbacks
):
    old = keep_draft(by=actor, form="concern", subject_id=None, typed=TYPED)
    stay = [
        keep_draft(by=actor_for(colleague), form="concern", subject_id=None, typed=TYPED),
        keep_draft(by=actor, form="record", subject_id=person.pk, typed=TYPED),
    ]
    now = dt.datetime.now(dt.UTC)
    for each, days in ((old, 31), (stay[0], 29), (stay[1], 31)):
        Draft.objects.filter(pk=each.pk).update(saved_at=now - dt.timedelta(days=days))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("dispose")
    assert "concern_draft: the time of 1 was over." in capsys.readouterr().out
    assert set(Draft.objects.all()) == set(stay)
    assert [keyring.has_key(each.pk) for each in (old, stay[0])] == [False, True]
    assert AuditRow.objects.get(action="draft.expire").subject_id == old.pk
