"""Labels keep their order, their room and their widths, whatever they say."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from leeward.core.drawing.measure import shorten, wide, wrap
from leeward.observations.pictures.axis import Axis, month_starts, named_months
from leeward.observations.pictures.labels import GAP, OFFSET, column, rows
from leeward.observations.tests.pictures_reading import TODAY, ago


@given(st.lists(st.tuples(st.floats(0, 800), st.floats(1, 240)), max_size=40))
def test_rows_clear_every_later_leader_in_their_row_or_further_out(raw):
    held = sorted(raw)
    placed = rows(held)
    for index, (x, width) in enumerate(held):
        for later in range(index + 1, len(held)):
            if placed[later] >= placed[index]:
                assert x + OFFSET + width + GAP <= held[later][0]


@given(st.lists(st.tuples(st.floats(0, 2000), st.floats(10, 90)), min_size=1, max_size=40))
def test_column_keeps_order_and_never_overlaps(raw):
    wishes = sorted(raw)
    tops = column(wishes, gap=12, top=18)
    assert tops[0] >= 18
    for (_, height), top, following in zip(wishes, tops, tops[1:], strict=False):
        assert following >= top + height + 12 - 0.001


def test_column_moves_nothing_that_has_room():
    assert column([(20, 30), (100, 30), (300, 30)], gap=12, top=18) == [20, 100, 300]


def test_column_shares_the_movement_between_crowded_labels():
    assert column([(100, 30), (100, 30)], gap=10, top=0) == [80, 120]


@given(st.text(max_size=80), st.floats(0, 300))
def test_shortened_words_fit_their_room(words, room):
    least = wide("…", "t14 w6")
    assert wide(shorten(words, "t14 w6", room), "t14 w6") <= max(room, least) + 0.001


@given(st.text(max_size=120), st.floats(40, 300), st.integers(1, 4))
def test_wrapped_words_fit_their_room_and_lines(words, room, lines):
    broken = wrap(words, "t14", room, lines=lines)
    assert len(broken) <= lines
    assert all(wide(line, "t14") <= room for line in broken)


def test_unknown_letters_are_given_the_widest_width():
    assert wide("漢", "t16") >= wide("W", "t16 w7")


def test_months_are_named_as_often_as_there_is_room():
    assert len(month_starts(ago(365), TODAY)) == 12
    axis = Axis.across(ago(365), TODAY, 0, 800)
    assert len(named_months(axis, 38)) == 12
    assert [on.month for on in named_months(axis, 200)] == [1, 5, 9]


def test_first_days_are_not_stretched_over_the_page():
    axis = Axis.across(TODAY - timedelta(days=1), TODAY, 118, 918)
    assert axis.at(TODAY) - axis.at(TODAY - timedelta(days=1)) < 30
