"""The way says what happened, when, on a road that is always level."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.observations.pictures.axis import Axis
from leeward.observations.pictures.way import (
    TALL,
    AwayEpisode,
    Companion,
    Event,
    OpinionEvent,
    StepAway,
    WayInput,
    as_list,
    key,
    strip_svg,
    tall_svg,
    wide_svg,
)
from leeward.observations.pictures.way_road import cuts
from leeward.observations.tests.pictures_reading import (
    NASTY,
    TODAY,
    ago,
    boxes,
    clashes,
    said,
    tree,
    uprights,
    way_texts,
)

HISTORY = 1100
LONG = "Marie-Ève Wilhelmina Exemple-Invented de la Tour Made-Up 60ch"
FRENCH = "A dormi dix nuits d’affilée chez sa tante, puis à la bibliothèque du quartier"
SYLLABICS = "ᓄᐁᓕ ᐃᓐᕕᓐᑎᑦ ᐊᓈᓇᑦᓯᐊᖅ"

names = st.sampled_from(["W. Example", LONG, SYLLABICS, "Ilo Sample"]) | st.text(
    st.characters(codec="utf-8"), min_size=1, max_size=60
)
labels = st.sampled_from(["Won cribbage night", FRENCH, SYLLABICS]) | names
days = st.integers(0, HISTORY)
near = st.integers(0, 31)


def spans(open_ended=True):
    """Return (start, end or None) pairs in days ago."""
    closed = st.tuples(days, days).map(lambda pair: (ago(max(pair)), ago(min(pair))))
    return closed | days.map(lambda day: (ago(day), None)) if open_ended else closed


events = st.builds(
    Event, (days | near).map(ago), labels, st.sampled_from(["", "#n"]), st.booleans()
)
opinions = st.builds(
    OpinionEvent,
    (days | near).map(ago),
    labels,
    names,
    st.sampled_from(["", "fairly sure"]),
    st.sampled_from(["worker", "second", "own_view", "resolved"]),
    st.sampled_from(["", "#o"]),
)
episodes = spans().map(lambda span: AwayEpisode(*span))
companions = st.builds(
    lambda name, role, span, first: Companion(name, role, span[0], span[1], first),
    names,
    st.sampled_from(["", "nurse", FRENCH]),
    spans(),
    st.booleans(),
)


@st.composite
def stays(draw):
    """Return steps away that follow one another, the last perhaps still going on."""
    edges = sorted(draw(st.sets(days, max_size=8)), reverse=True)
    steps = [
        StepAway(ago(a), ago(b), draw(labels), f"{a - b} days")
        for a, b in zip(edges[::2], edges[1::2], strict=False)
    ]
    if len(edges) % 2:
        steps.append(StepAway(ago(edges[-1]), None, draw(labels), f"{edges[-1]} days so far"))
    return tuple(steps)


ways = st.builds(
    WayInput,
    start=days.map(ago),
    as_of=st.just(TODAY),
    texts=st.just(way_texts()),
    good_news=st.lists(events, max_size=25).map(tuple),
    opinions=st.lists(opinions, max_size=12).map(tuple),
    away=st.lists(episodes, max_size=10).map(tuple),
    steps_away=stays(),
    companions=st.lists(companions, max_size=9).map(tuple),
)


def way_of(**more) -> WayInput:
    return WayInput(
        **{"start": ago(540), "as_of": TODAY, "texts": way_texts(), **more},
    )


def news(*when: int, label="Won cribbage night", own=False) -> tuple[Event, ...]:
    return tuple(Event(ago(day), label, "#n", own) for day in when)


def everything(way: WayInput) -> list[str]:
    return [wide_svg(way), tall_svg(way), strip_svg(way), strip_svg(way, width=TALL)]


@settings(max_examples=80, deadline=None)
@given(ways)
def test_pictures_of_any_file_are_well_formed_and_no_words_overlap(way):
    for picture in everything(way):
        assert clashes(picture) == []
        assert "style=" not in picture
        across = float(tree(picture).get("width"))
        assert all(box.left >= -0.1 and box.right <= across + 0.5 for box in boxes(picture))


@settings(max_examples=60, deadline=None)
@given(ways)
def test_list_and_pictures_say_the_same_facts(way):
    lines = as_list(way)
    held = (way.good_news, way.opinions, way.away, way.steps_away, way.companions)
    assert len(lines) == sum(map(len, held))
    assert [line.on for line in lines] == sorted((line.on for line in lines), reverse=True)
    for picture in (wide_svg(way), tall_svg(way)):
        words = said(picture)
        for line in lines:
            assert line.on.isoformat() in words
            assert line.until is None or line.until.isoformat() in words
            assert line.kind_words in words
    known = {line.on.isoformat() for line in lines} | {
        line.until.isoformat() for line in lines if line.until
    }
    drawn = set(re.findall(r"\d{4}-\d\d-\d\d", "\n".join(map(said, everything(way)))))
    typed = set(re.findall(r"\d{4}-\d\d-\d\d", " ".join(line.text for line in lines)))
    assert drawn <= known | typed | {TODAY.isoformat()}


@settings(max_examples=60, deadline=None)
@given(ways)
def test_leaders_of_good_news_never_cross_the_words_of_good_news(way):
    picture = wide_svg(replace(way, companions=(), steps_away=(), away=(), opinions=()))
    leaders = uprights(picture, "leader")
    for box in boxes(picture):
        for x, top, bottom in leaders:
            crosses = box.left + 0.2 < x < box.right - 0.2
            assert not (crosses and top < box.bottom - 0.2 and box.top + 0.2 < bottom)


@given(st.lists(episodes, min_size=1, max_size=10))
def test_cuts_are_of_true_length_and_at_least_six_px(away):
    way = way_of(start=ago(HISTORY), away=tuple(away))
    axis = Axis.across(way.begins, TODAY, 118, 918)
    for cut in cuts(way, axis):
        true = ((cut.episode.end or TODAY) - cut.episode.start).days * axis.day
        assert cut.b - cut.a == pytest.approx(max(true, 6))
        assert 118 <= cut.a < cut.b <= 918


def test_open_episode_runs_to_today_without_an_end_bar():
    picture = wide_svg(way_of(away=(AwayEpisode(ago(40), None),)))
    [bars] = re.findall(r'd="([^"]*)" class="gapcap"', picture)
    assert bars.count("v20") == 1
    road = re.findall(r'd="M[\d.]+ [\d.]+H([\d.]+)" class="road"', picture)
    assert max(map(float, road)) < 918
    assert "missing 40 days so far" in picture


def test_wide_cut_is_dotted_and_a_short_one_is_not():
    assert 'class="unseen"' in wide_svg(way_of(away=(AwayEpisode(ago(60), ago(30)),)))
    assert 'class="unseen"' not in wide_svg(way_of(away=(AwayEpisode(ago(60), ago(58)),)))


@settings(max_examples=30, deadline=None)
@given(ways)
def test_road_is_always_level(way):
    levels = re.findall(r'd="M[\d.]+ ([\d.]+)H[\d.]+" class="road"', wide_svg(way))
    assert len(set(levels)) <= 1
    sides = re.findall(r'd="M([\d.]+) [\d.]+V[\d.]+" class="road"', tall_svg(way))
    assert len(set(sides)) <= 1


@given(days, days)
def test_axis_is_linear_in_days(one, other):
    axis = Axis.across(ago(HISTORY), TODAY, 118, 918)
    gap = axis.at(ago(one)) - axis.at(ago(other))
    assert gap == pytest.approx((other - one) * 800 / HISTORY)


def test_step_that_ended_as_someone_went_missing_says_pulled_back():
    way = way_of(
        steps_away=(StepAway(ago(100), ago(50), "First step away", "50 days"),),
        away=(AwayEpisode(ago(50), ago(44)), AwayEpisode(ago(20), ago(18))),
    )
    assert [line.text for line in as_list(way) if line.kind == "missing"] == [
        "missing 2 days",
        "missing 6 days (pulled back)",
    ]
    assert wide_svg(way).count(">pulled back<") == 1


def test_crowd_near_today_becomes_one_block_that_points_to_the_list():
    way = way_of(good_news=news(*(day % 30 for day in range(40))))
    picture = wide_svg(way)
    assert picture.count("and more, in the list below") == 1
    assert picture.count('class="good"') == 40
    assert float(tree(picture).get("height")) < 700
    assert float(tree(tall_svg(way)).get("height")) < 2600
    assert len(as_list(way)) == 40


def test_few_in_one_week_share_one_label_on_a_phone_and_all_are_listed():
    way = way_of(good_news=news(1, label="One") + news(3, label="Two") + news(5, label="Three"))
    words = [box.words for box in boxes(tall_svg(way))]
    assert [word for word in words if word in {"One", "Two", "Three"}] == ["One", "Two", "Three"]
    assert "and more, in the list below" not in words


def test_missing_episode_never_hides_behind_good_news_on_a_phone():
    way = way_of(
        good_news=news(*(day % 20 for day in range(40))), away=(AwayEpisode(ago(19), ago(17)),)
    )
    assert "missing 2 days" in [box.words for box in boxes(tall_svg(way))]


def test_own_words_carry_the_young_persons_pen_and_no_others_do():
    picture = wide_svg(way_of(good_news=news(30, own=True, label="“Mine”") + news(200)))
    pens = [t.text for t in tree(picture).iter("text") if "pen" in t.get("class", "").split()]
    assert pens == ["“Mine”"]


def test_kinds_of_opinion_differ_by_mark_and_by_word():
    def drawn(kind):
        view = OpinionEvent(ago(50), "Entrenched", "W. Example", "fairly sure", kind, "#o")
        picture = wide_svg(way_of(opinions=(view,)))
        groups = [
            item for item in tree(picture).iter("g") if item.find("*[@class='opdot']") is not None
        ]
        return " ".join(f"{part.tag}.{part.get('class')}" for part in groups[0])

    assert len({drawn(kind) for kind in ("worker", "second", "own_view", "resolved")}) == 4


def test_companion_from_before_the_way_comes_in_from_the_edge():
    aunt = Companion("Auntie Pretend", "their person", ago(5000), None, True)
    way = way_of(companions=(aunt,))
    assert way.begins == ago(540)
    assert 'class="walkdot"' not in wide_svg(way)
    assert ago(5000).isoformat() in said(tall_svg(way))


def test_anchor_walks_nearest_the_road():
    way = way_of(
        companions=(
            Companion("Wren Example", "worker", ago(500), None, False),
            Companion("Auntie Pretend", "their person", ago(100), None, True),
        )
    )
    lines = re.findall(r'class="(walk[^"]*)"', wide_svg(way))
    assert lines[0] == "walk walk--first"
    heights = {box.words: box.top for box in boxes(wide_svg(way))}
    assert heights["Auntie Pretend"] > heights["Wren Example"]


def test_facts_before_the_start_move_the_start_back():
    assert way_of(good_news=news(900)).begins == ago(900)


@pytest.mark.parametrize("start", [0, 1, 27, 28, 1200])
def test_empty_way_has_a_road_and_no_labels_but_its_name_and_now(start):
    way = way_of(start=ago(start))
    for picture in everything(way):
        assert 'class="nowdot"' in picture
    assert "Good news" not in wide_svg(way)
    assert as_list(way) == []


def test_all_words_are_escaped():
    texts = way_texts()
    kinds = dict.fromkeys(texts.kinds, NASTY)
    way = way_of(
        texts=replace(texts, title=NASTY, strip_title=NASTY, road=NASTY, kinds=kinds),
        good_news=(Event(ago(9), NASTY, '#"onclick="x', True),),
        opinions=(OpinionEvent(ago(200), NASTY, NASTY, NASTY, "second", NASTY),),
        steps_away=(StepAway(ago(300), ago(100), NASTY, NASTY),),
        companions=(
            Companion(NASTY, NASTY, ago(400), None, True),
            Companion(NASTY + "\x00\x1b", NASTY, ago(400), ago(100), False),
        ),
    )
    for picture in everything(way):
        assert "<script" not in picture
        assert 'onclick="' not in picture
        assert NASTY in said(picture)


@pytest.mark.parametrize("blank", ["", " ", "\x00"])
def test_facts_without_words_are_still_drawn_and_named(blank):
    way = way_of(
        good_news=tuple(Event(ago(day), blank, "#n", False) for day in (1, 2, 3)),
        opinions=(OpinionEvent(ago(1), blank, blank, blank, "worker", "#o"),),
        companions=(Companion(blank, blank, ago(2), ago(1), False),),
    )
    for picture in (wide_svg(way), tall_svg(way)):
        assert ago(2).isoformat() in said(picture)
        assert clashes(picture) == []


def test_two_episodes_on_one_day_draw_the_same_in_either_order():
    away = (AwayEpisode(TODAY, None), AwayEpisode(TODAY, TODAY))
    assert everything(way_of(away=away)) == everything(way_of(away=away[::-1]))


def test_strip_shows_eighteen_months_and_holds_no_links():
    way = way_of(start=ago(1000), good_news=news(10, 100, 900))
    picture = strip_svg(way)
    assert picture.count('class="good"') == 2
    assert "<a " not in picture
    assert 'role="img"' in picture
    assert [tree(strip_svg(way, width=w)).get("viewBox") for w in (682, 358)] == [
        "0 0 682 102",
        "0 0 358 102",
    ]


def test_labels_link_to_what_they_name():
    links = list(tree(wide_svg(way_of(good_news=news(30)))).iter("a"))
    assert [link.get("href") for link in links] == ["#n"]
    assert links[0].find("title").text == f"{ago(30)}, Good news, Won cribbage night"


def test_pictures_hold_no_totals():
    way = way_of(good_news=news(*range(5, 500, 45)), away=(AwayEpisode(ago(60), ago(57)),))
    for picture in (wide_svg(way), tall_svg(way)):
        for box in boxes(picture):
            bare = re.sub(r"\d{4}(-\d\d-\d\d)?|missing 3 days", "", box.words)
            assert not re.search(r"\d", bare), box.words


def test_key_says_every_mark():
    items = key(step="a", missing="b", joins="c", good_news="d", opinion="e")
    assert [item.words for item in items] == ["a", "b", "c", "d", "e"]
    for item in items:
        tree(item.svg)


@settings(max_examples=20, deadline=None)
@given(ways)
def test_same_input_draws_the_same_picture_in_any_order(way):
    assert everything(way) == everything(way)
    turned = replace(way, away=way.away[::-1], steps_away=way.steps_away[::-1])
    assert everything(turned) == everything(way)
