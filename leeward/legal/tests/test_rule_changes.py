"""Changing the rules: two people, never looser than a statute, and the clocks follow."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.administration.factories import AdministratorFactory, RequestFactory
from leeward.audit.models import AuditRow
from leeward.law.changes import setting_of
from leeward.law.listing import listed
from leeward.law.rules import STATUTE
from leeward.legal import actions
from leeward.legal.factories import RuleChangeFactory
from leeward.legal.models import RuleChange
from leeward.legal.queries import agreed_changes, in_force, may_agree_to_change, rules_at, rules_of
from leeward.missing.factories import EpisodeFactory
from leeward.missing.queries import page_of
from leeward.notices.models import Notice
from leeward.people.factories import YoungPersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def admin(agency):
    return actor_for(AdministratorFactory(agency=agency))


@pytest.fixture
def officer(agency):
    return actor_for(WorkerFactory(agency=agency, role="privacy_officer"))


def ask(admin, rule="missing_steps/police", what="time", **said):
    said = {"number": 30, "reason": "What the police here ask of us", **said}
    return actions.ask_rule_change(by=admin, rule=rule, what=what, **said)


def police(agency_id):
    rows = rules_of(agency_id).rules.missing_steps
    return next(one for one in rows if one.id == "police")


def test_two_people_and_then_it_holds(admin, officer, agency):
    change = ask(admin)
    assert police(agency.pk).within == 60
    told = Notice.objects.filter(kind="legal.rule_asked")
    assert {each.to_worker_id for each in told} == {officer.id}
    actions.agree_rule_change(by=officer, change_id=change.pk)
    assert police(agency.pk).within == 30
    assert in_force(agreed_changes(agency.pk))["missing_steps/police"] == [change]
    assert not told.filter(settled_at__isnull=True).exists()
    assert Notice.objects.get(kind="legal.rule_answered").to_worker_id == admin.id
    rows = AuditRow.objects.filter(subject_id=change.pk).values_list("action", "purpose")
    assert {("rules.ask", "time missing_steps/police")} <= set(rows)
    assert {("rules.agreed", "time missing_steps/police")} <= set(rows)


def test_nobody_agrees_with_themself_nor_with_whom_they_took_on(admin, agency):
    change = ask(admin)
    with pytest.raises(actions.MayNotAgree):
        actions.agree_rule_change(by=admin, change_id=change.pk)
    second = AdministratorFactory(agency=agency)
    RequestFactory(
        worker=second, asked_by_id=admin.id, asked_by=None, what="start", answer="agreed",
        answered_by=WorkerFactory(agency=agency), answered_at=timezone.now(),
    )  # fmt: skip
    assert not may_agree_to_change(actor_for(second), change)
    with pytest.raises(actions.MayNotAgree):
        actions.refuse_rule_change(by=actor_for(second), change_id=change.pk)
    actions.take_back_rule_change(by=admin, change_id=change.pk)
    with pytest.raises(RuleChange.DoesNotExist):
        actions.refuse_rule_change(by=actor_for(second), change_id=change.pk)
    assert rules_of(agency.pk) == rules_at([])


def test_what_was_refused_or_ran_out_changes_nothing(admin, officer, agency):
    actions.refuse_rule_change(by=officer, change_id=ask(admin).pk)
    old = RuleChangeFactory(
        asked_by__agency=agency, ends_at=timezone.now() - dt.timedelta(minutes=1)
    )
    with pytest.raises(RuleChange.DoesNotExist):
        actions.agree_rule_change(by=officer, change_id=old.pk)
    assert rules_of(agency.pk) == rules_at([])
    ask(admin)
    with pytest.raises(actions.AlreadyAsked):
        ask(admin)


def test_no_statute_is_switched_off_reworded_or_loosened(admin):
    said = {"words_en": "Wait a while.", "words_fr": "Attendez un peu."}
    for one in listed():
        if one.row.kind == STATUTE:
            setting = setting_of(one.row)
            softer = {"shorter": 1000, "longer": -1}.get(setting.stricter, 0) if setting else 0
            number = setting.number + softer if setting else 1
            for what in ("off", "words", "time"):
                with pytest.raises(actions.MayNotChange):
                    ask(admin, one.name, what, number=number, **said)
    assert not RuleChange.objects.exists()


def test_the_database_keeps_a_statute_too(agency):
    row = {"asked_by__agency": agency, "rule": "prompts/report-now", "kind": "statute"}
    for what in ("off", "words"):
        with pytest.raises(IntegrityError), transaction.atomic():
            RuleChangeFactory(**row, what=what)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChangeFactory(asked_by__agency=agency, number=0)
    change = RuleChangeFactory(asked_by__agency=agency)
    alone = {"answer": "agreed", "answered_at": timezone.now(), "answered_by": change.asked_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChange.objects.filter(pk=change.pk).update(**alone)
    with pytest.raises(TypeError):
        change.save()
    with pytest.raises(TypeError):
        change.delete()


def test_why_is_asked_and_both_languages(admin):
    with pytest.raises(actions.ReasonMissing):
        ask(admin, reason=" ")
    with pytest.raises(actions.MayNotChange, match="no_words"):
        ask(admin, what="words", words_en="Call")


def test_another_role_and_another_agency(officer, admin, agency, wren):
    change = ask(admin)
    with pytest.raises(NotAllowed):
        ask(actor_for(wren))
    with pytest.raises(NotAllowed):
        actions.agree_rule_change(by=actor_for(wren), change_id=change.pk)
    elsewhere = actor_for(WorkerFactory(role="privacy_officer"))
    with pytest.raises(RuleChange.DoesNotExist):
        actions.agree_rule_change(by=elsewhere, change_id=change.pk)
    assert actions.read_rules(by=elsewhere) == []
    assert actions.read_rules(by=actor_for(wren)) == [change]
    assert rules_of(elsewhere.agency_id) == rules_at([])


def step_of(page, name):
    return next(each for each in page.steps if each.rule.id == name)


def test_the_clocks_of_an_episode_are_the_agencys_of_that_hour(agency):
    now = timezone.now()
    RuleChangeFactory(
        asked_by__agency=agency, agreed=True, number=30, answered_at=now - dt.timedelta(hours=9)
    )
    RuleChangeFactory(
        asked_by__agency=agency, agreed=True, what="guidance",
        words_en="Ask for the night desk.", words_fr="Demandez le poste de nuit.",
        answered_at=now - dt.timedelta(hours=8),
    )  # fmt: skip
    # Made longer since: what was late stays late.
    RuleChangeFactory(
        asked_by__agency=agency, agreed=True, number=600, answered_at=now - dt.timedelta(minutes=5)
    )
    noticed = now - dt.timedelta(minutes=45)
    person = YoungPersonFactory(agency=agency)
    episode = EpisodeFactory(person=person, noticed_at=noticed, since=noticed.date())
    step = step_of(page_of(episode), "police")
    assert step.due_at == noticed + dt.timedelta(minutes=30)
    assert step.state == "late"
    assert step.guidance == "Ask for the night desk."
    other = EpisodeFactory(noticed_at=noticed, since=noticed.date())
    assert step_of(page_of(other), "police").due_at == noticed + dt.timedelta(minutes=60)


def test_the_talk_and_a_step_can_be_switched_off(agency):
    now = timezone.now()
    for rule in ("missing_steps/return-talk", "missing_steps/guardian"):
        RuleChangeFactory(
            asked_by__agency=agency, agreed=True, rule=rule, what="off",
            answered_at=now - dt.timedelta(days=9),
        )  # fmt: skip
    person = YoungPersonFactory(agency=agency)
    episode = EpisodeFactory(person=person, ended=True, noticed_at=now, back_at=now)
    page = page_of(episode)
    assert (page.talk_due_at, page.talk_is_late, page.talk_asks) == (None, False, "")
    assert "guardian" not in [each.rule.id for each in page.steps]
