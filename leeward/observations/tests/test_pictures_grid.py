"""The grid says what is known, where and when, and nothing more."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.observations.pictures.grid import (
    GridIndicator,
    GridInput,
    GridStage,
    GridThread,
    Mark,
    as_table,
    key,
    tall_sections,
    wide_svg,
)
from leeward.observations.pictures.grid_strip import at, lay_out, shape
from leeward.observations.tests.pictures_reading import (
    NASTY,
    TODAY,
    ago,
    boxes,
    clashes,
    grid_texts,
    said,
    tree,
)

STAGES = (
    GridStage("ar", "At Risk", "Circumstances others exploit"),
    GridStage("ti", "Transitioning In", "Signs that harm is happening"),
    GridStage("en", "Entrenched", "Signs that harm is happening"),
    GridStage("ta", "Transitioning Away", "Strengths and movement away"),
)
THREADS = (GridThread("money", "Money"), GridThread("online", "Online"))

marks = st.builds(
    Mark,
    on=st.integers(0, 700).map(ago),
    finding=st.sampled_from(["present", "absent", "unsure"]),
    explained=st.booleans(),
    faded=st.sampled_from([None, True, False]),
    observation=st.just("o1"),
)
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)
indicators = st.builds(
    GridIndicator,
    id=st.just("i"),
    wording=words,
    lasting=st.booleans(),
    marks=st.lists(marks, max_size=25).map(tuple),
)
places = st.tuples(st.sampled_from(["money", "online"]), st.sampled_from(["ar", "ti", "en", "ta"]))


def grid_of(cells, *, asked=("money", "online"), **more) -> GridInput:
    return GridInput(
        as_of=TODAY,
        stages=STAGES,
        threads=THREADS,
        cells=cells,
        asked_threads=frozenset(asked),
        fade_days=90,
        texts=grid_texts(),
        cell_href=lambda thread, stage: f"?cell={thread}.{stage}&x=1",
        **more,
    )


def mark(days: int, finding="present", *, explained=False, faded=None) -> Mark:
    return Mark(ago(days), finding, explained, faded, "o1")


def cell(*held: Mark, lasting=False, wording="Has money whose source is not clear"):
    return {("money", "en"): (GridIndicator("i", wording, lasting, held),)}


def everything(grid: GridInput) -> list[str]:
    return [wide_svg(grid), *(section.svg for section in tall_sections(grid))]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(places, st.lists(indicators, max_size=2).map(tuple), max_size=6))
def test_pictures_of_any_file_are_well_formed_and_no_words_overlap(cells):
    grid = grid_of(cells, asked=("money",), ask_href=lambda thread: f"?ask={thread}")
    for picture in everything(grid):
        assert clashes(picture) == []
        assert "style=" not in picture
        assert all(box.left >= -0.1 for box in boxes(picture))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(places, st.lists(indicators, max_size=2).map(tuple), max_size=6))
def test_table_and_pictures_say_the_same_facts(cells):
    grid = grid_of(cells)
    told = [mark.words for row in as_table(grid).rows for mark in row.marks]
    assert len(told) == sum(len(i.marks) for held in cells.values() for i in held)
    wide, tall = said(wide_svg(grid)), "\n".join(said(s.svg) for s in tall_sections(grid))
    titles = set()
    for picture in everything(grid):
        for group in tree(picture).iter("g"):
            titles.update((group.findtext("title") or "").split("; "))
    assert titles - {""} == set(told)
    assert all(fact in wide and fact in tall for fact in told)


@settings(max_examples=100, deadline=None)
@given(indicators, st.sampled_from([239.0, 358.0]))
def test_marks_keep_their_true_place_and_order_and_never_overlap(indicator, width):
    grid = grid_of({})
    strip = lay_out(indicator, grid, 0, width)
    drawn = sorted(strip.runs, key=lambda run: run.level)
    for one, other in (
        (a, b) for i, a in enumerate(drawn) for b in drawn[i + 1 :] if a.level == b.level
    ):
        assert max(one.x0 - other.x1, other.x0 - one.x1) >= 13.6 - 0.01
    assert sum(len(run.marks) for run in strip.runs) == len(indicator.marks)
    for run in strip.runs:
        true = sorted(at(held.on, grid, 0, width) for held in run.marks)
        assert (run.x0, run.x1) == (true[0], true[-1])
    days = sorted({held.on for held in indicator.marks if held.on >= ago(365)})
    spots = [at(on, grid, 0, width) for on in days]
    assert all(before < after for before, after in pairwise(spots))


def test_ink_fades_by_age_and_what_lasts_never_does():
    classes = re.compile(r'class="mk (f\d)"')
    drawn = classes.findall(wide_svg(grid_of(cell(mark(10), mark(60), mark(120)))))
    assert sorted(drawn) == ["f0", "f1", "f2"]
    lasting = wide_svg(grid_of(cell(mark(10), mark(60), mark(500), lasting=True)))
    assert classes.findall(lasting) == ["f0", "f0", "f0"]


def test_ink_follows_the_reading_where_it_differs_from_age():
    drawn = re.findall(r'class="mk (f\d)"', wide_svg(grid_of(cell(mark(100, faded=False)))))
    assert drawn == ["f1"]
    drawn = re.findall(r'class="mk (f\d)"', wide_svg(grid_of(cell(mark(20, faded=True)))))
    assert drawn == ["f2"]


def test_each_state_has_a_shape_of_its_own():
    shapes = {shape(state, 0, 0) for state in ("present", "absent", "unsure", "explained")}
    assert len(shapes) == 4


def test_explained_mark_is_a_struck_square_and_no_longer_says_seen():
    grid = grid_of(cell(mark(20, explained=True)))
    [drawn] = [item for item in tree(wide_svg(grid)).iter("g") if item.get("class", "") == "mk f0"]
    assert [item.tag for item in drawn] == ["title", "rect", "path"]
    left, right = (float(drawn[1].get(name)) for name in ("x", "width"))
    assert left + right / 2 == round(at(ago(20), grid, 660, 239), 1)
    [row] = [row for row in as_table(grid).rows if row.marks]
    assert row.words == f"explained {ago(20)}"


def test_thread_nobody_asked_about_is_one_dashed_box():
    grid = grid_of(cell(mark(20)), asked=("money",), ask_href=lambda thread: f"?ask={thread}")
    picture = wide_svg(grid)
    assert picture.count('class="unknown"') == 1
    assert picture.count("Nobody has asked yet.") == 1
    assert 'href="?ask=online"' in picture
    assert [row.words for row in as_table(grid).rows if row.thread == "Online"] == [
        "Nobody has asked yet."
    ]


def test_thread_with_marks_is_drawn_even_when_not_listed_as_asked():
    assert str(ago(20)) in wide_svg(grid_of(cell(mark(20)), asked=()))


def test_indicator_without_marks_is_dotted_and_not_asked():
    picture = wide_svg(grid_of(cell()))
    assert picture.count('class="dots"') == 1
    assert "not asked" in picture
    assert 'class="mk' not in picture


def test_every_cell_is_one_link_named_with_thread_stage_and_dates():
    links = list(tree(wide_svg(grid_of(cell(mark(20), mark(40, "absent"))))).iter("a"))
    assert [link.get("class") for link in links] == ["cell"]
    name = links[0].find("title").text
    assert name.startswith("Money, Entrenched. ")
    assert f"not there {ago(40)}; seen {ago(20)}" in name
    assert links[0].get("href") == "?cell=money.en&x=1"


def test_selected_cell_is_marked_and_only_it():
    picture = wide_svg(grid_of(cell(mark(20)), selected=("money", "en")))
    assert picture.count("cellsel") == 1
    assert "cellsel" not in wide_svg(grid_of(cell(mark(20)), selected=("money", "ar")))


def test_all_words_are_escaped():
    grid = replace(
        grid_of(cell(mark(20), wording=NASTY + "\x00\x0b\ufffe"), asked=("money",)),
        threads=(GridThread("money", NASTY), GridThread("online", NASTY)),
        stages=tuple(replace(stage, name=NASTY, group=NASTY) for stage in STAGES),
        cell_href=lambda thread, stage: f'#"onclick="{thread}',
    )
    for picture in everything(grid):
        assert "<script" not in picture
        assert 'onclick="' not in picture
        assert NASTY in said(picture)


def test_more_marks_never_add_a_number():
    few = wide_svg(grid_of(cell(mark(20))))
    many = wide_svg(grid_of(cell(*(mark(day) for day in range(0, 300, 7)))))
    assert [box.words for box in boxes(few)] == [box.words for box in boxes(many)]


def test_stages_do_not_change_how_marks_look():
    def look(stage: str) -> list[str]:
        held = {("money", stage): cell(mark(20), mark(100))[("money", "en")]}
        return re.findall(r'class="(mk[^"]*)"', wide_svg(grid_of(held)))

    assert look("ar") == look("ti") == look("en") == look("ta")


def test_gutters_are_wider_where_the_group_changes():
    rules = re.findall(r'M([\d.]+) [\d.]+H([\d.]+)" class="headrule"', wide_svg(grid_of({})))
    (_, first), (second, third), (fourth, end) = [tuple(map(float, pair)) for pair in rules]
    assert second - first == fourth - third == 22
    assert end == 1160


def test_strips_of_a_row_share_one_line():
    held = {
        ("money", "ar"): (GridIndicator("a", "Short", False, (mark(9),)),),
        ("money", "en"): (GridIndicator("b", "Long words " * 12, False, (mark(9), mark(12))),),
    }
    lines = re.findall(r'd="M[\d.]+ ([\d.]+)H[\d.]+" class="base"', wide_svg(grid_of(held)))
    assert len(lines) == 2
    assert len(set(lines)) == 1


def test_key_has_every_mark():
    assert [item.words for item in key(grid_texts())] == [
        "seen",
        "not there",
        "not sure",
        "explained",
        "on several days close together",
        "event or circumstance",
    ]
    for item in key(grid_texts()):
        tree(item.svg)


def test_same_input_draws_the_same_picture():
    grid = grid_of(cell(*(mark(day % 180, "absent") for day in range(0, 900, 17))))
    assert everything(grid) == everything(grid)
    shuffled = cell(*reversed([mark(day) for day in range(0, 300, 7)]))
    assert wide_svg(grid_of(shuffled)) == wide_svg(
        grid_of(cell(*(mark(day) for day in range(0, 300, 7))))
    )


def test_template_engines_take_pictures_as_they_are():
    picture = wide_svg(grid_of({}))
    assert picture.__html__() == picture


def test_today_stands_inside_the_strip():
    assert at(TODAY + timedelta(days=3), grid_of({}), 0, 239) == at(TODAY, grid_of({}), 0, 239)
    assert at(TODAY, grid_of({}), 0, 239) == 239 - 7
