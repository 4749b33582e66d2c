"""What an agency may change: a statute is never loosened, whatever is asked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.law.ages import age_rules
from leeward.law.changes import (
    GUIDANCE,
    LONGER,
    OFF,
    SHIPPED,
    SHORTER,
    TIME,
    WORDS,
    Change,
    fault,
    setting_of,
    with_changes,
)
from leeward.law.listing import listed
from leeward.law.missing import EpisodeFacts, return_talk, steps_for
from leeward.law.rules import STATUTE, Words, builtin_rules

SAID = Words("Call our own line first.", "Appelez d’abord notre ligne.")
ROWS = listed()
rows = st.sampled_from(ROWS)
words = st.one_of(st.none(), st.just(SAID), st.just(Words("Only English", " ")))
changes = st.lists(
    st.builds(
        lambda one, what, number, said: Change(one.table, one.key, what, number, said),
        rows,
        st.sampled_from([OFF, TIME, WORDS, GUIDANCE, SHIPPED, "other"]),
        st.one_of(st.none(), st.integers(-2, 10_000)),
        words,
    ),
    max_size=12,
)
often = settings(deadline=None, database=None, max_examples=60)


def by_name(rules):
    return {one.name: one.row for one in listed(rules)}


@often
@given(changes)
def test_no_change_ever_loosens_a_statute(asked):
    found = with_changes(asked)
    after = by_name(found.rules)
    for one in ROWS:
        if one.row.kind != STATUTE:
            continue
        assert one.name not in found.off
        row = after[one.name]
        assert (row.text, row.kind, row.source) == (one.row.text, STATUTE, one.row.source)
        before, now = setting_of(one.row), setting_of(row)
        if before and now:
            assert before.stricter != SHORTER or now.number <= before.number
            assert before.stricter != LONGER or now.number >= before.number


@often
@given(changes)
def test_every_row_is_kept_or_switched_off_and_no_other_appears(asked):
    found = with_changes(asked)
    shipped = {one.name for one in ROWS}
    # A prompt worded by age keeps its order, so its number stays its own.
    assert set(by_name(found.rules)) | found.off == shipped
    assert not set(by_name(found.rules)) & found.off
    assert {one.id for one in found.rules.urgency} == {"now", "today", "routine"}


@often
@given(rows, changes)
def test_as_shipped_undoes_everything(one, asked):
    undo = [Change(each.table, each.key, SHIPPED) for each in ROWS]
    found = with_changes([*asked, *undo])
    assert (found.rules, found.guidance, found.off) == (builtin_rules(), {}, frozenset())


@often
@given(changes)
def test_a_change_that_may_not_be_made_changes_nothing(asked):
    refused = [each for each in asked if fault(each)]
    assert with_changes(refused).rules == builtin_rules()


def test_why_not():
    def why(name, what, **more):
        table, key = name.split("/")
        return fault(Change(table, key, what, **more))

    assert why("prompts/report-now", OFF) == "statute"
    assert why("prompts/report-now", WORDS, words=SAID) == "statute"
    assert why("prompts/report-now", GUIDANCE, words=SAID) == ""
    assert why("prompts/report-now", TIME, number=3) == "no_setting"
    assert why("turning/turning-16-report", TIME, number=30) == "looser"
    assert why("turning/turning-16-report", TIME, number=90) == "looser"
    assert why("turning/turning-16-report", TIME, number=120) == ""
    assert why("missing_steps/police", TIME, number=90) == ""
    assert why("missing_steps/police", TIME, number=0) == "no_number"
    assert why("missing_steps/police", OFF) == ""
    assert why("missing_steps/police", WORDS, words=Words("Call", "")) == "no_words"
    assert why("urgency/now", OFF) == "needed"
    assert why("urgency/soon", OFF) == "no_row"
    assert why("urgency/now", "loosen") == "unknown"


def test_the_clocks_and_ages_take_an_agencys_rules():
    found = with_changes(
        [
            Change("missing_steps", "police", TIME, number=30),
            Change("missing_steps", "return-talk", OFF),
            Change("ages", "counselling-alone", TIME, number=14),
        ]
    )
    police = steps_for(EpisodeFacts(True, False, False), found.rules)[0]
    assert (police.id, police.within) == ("police", 30)
    assert return_talk(found.rules) is None
    counselling = next(one for one in age_rules(13, rules=found.rules) if one.default == "14")
    assert counselling.id == "counselling-alone"
