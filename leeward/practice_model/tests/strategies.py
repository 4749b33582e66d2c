"""Hypothesis strategies: made-up records, within reach of one day of reading."""

import datetime as dt

from hypothesis import settings
from hypothesis import strategies as st

from leeward.practice_model.loader import builtin_model

# No deadline: a busy machine is not a fault. No database: a run leaves nothing behind.
rule = settings(deadline=None, database=None, max_examples=60)

MODEL = builtin_model()
AS_OF = dt.date(2025, 4, 2)
SIGNS = [name for name, sign in MODEL.signs.items() if sign.recordable]
AT_RISK = [name for name in SIGNS if MODEL.signs[name].role == "vulnerability"]
HARM = [name for name in SIGNS if MODEL.signs[name].role == "harm"]

days = st.dates(dt.date(2024, 6, 1), AS_OF).map(dt.date.isoformat)
partial_days = st.one_of(
    days,
    days.map(lambda day: day[:7]),
    days.map(lambda day: day[:4]),
    st.none(),
)
born = st.one_of(
    st.none(),
    st.dates(dt.date(2000, 1, 1), dt.date(2024, 12, 31)).flatmap(
        lambda day: st.sampled_from([str(day), str(day)[:7], str(day)[:4]])
    ),
)


def findings(signs, kinds=("present", "absent", "unsure"), most=5):
    """Findings of a few different signs."""
    return st.dictionaries(st.sampled_from(signs), st.sampled_from(kinds), max_size=most).map(
        lambda found: [{"id": name, "finding": what} for name, what in found.items()]
    )


@st.composite
def explanations(draw):
    """An ordinary explanation, of the whole note or of some signs."""
    made = {"on": draw(days), "how": "somebody checked"}
    if draw(st.booleans()):
        made["indicators"] = draw(
            st.lists(st.sampled_from(SIGNS), min_size=1, unique=True, max_size=3)
        )
    return made


@st.composite
def answers(draw):
    """A recorded answer to a duty, with its reasons or without."""
    return {
        "on": draw(days),
        "about": draw(st.sampled_from(["self", "another_child"])),
        "outcome": draw(st.sampled_from(["reported", "not_reported"])),
        "reasons": draw(st.sampled_from(["", "not a child"])),
    }


@st.composite
def observations(draw, name, *, signs=SIGNS, earlier=()):
    """One observation, which may correct one of the `earlier` ids."""
    about = draw(st.sampled_from(["self", "self", "self", "both", "another_child"]))
    made = {
        "id": name,
        "on": draw(partial_days),
        "source": draw(st.sampled_from(["seen", "youth", "other", "document"])),
        "by": draw(st.sampled_from(["A", "B"])),
        "text": "",
        "indicators": [] if about == "another_child" else draw(findings(signs)),
        "harm": draw(st.sampled_from(["none", "none", "possible", "now"])),
        "about": about,
    }
    if draw(st.booleans()):
        made["recorded"] = draw(days)
    if draw(st.integers(0, 4)) == 0:
        made["explained"] = draw(explanations())
    if earlier and draw(st.integers(0, 4)) == 0:
        made["corrects"] = draw(st.sampled_from(list(earlier)))
    if draw(st.integers(0, 3)) == 0:
        made["answered"] = draw(st.lists(answers(), max_size=2))
    if about != "self" and draw(st.booleans()):
        made["other_child_age"] = draw(st.integers(0, 20))
    return made


@st.composite
def episodes(draw):
    """A missing episode, open or past."""
    start = draw(days)
    end = draw(st.one_of(st.none(), days))
    return {"from": start, "to": max(start, end) if end else None}


@st.composite
def records(draw, *, signs=SIGNS, most=8):
    """A whole record, as JSON."""
    names = [f"o{number}" for number in range(draw(st.integers(0, most)))]
    return {
        "model": "2020",
        "born": draw(born),
        "as_of": AS_OF.isoformat(),
        "strengths": draw(st.lists(st.sampled_from(["bikes", "drawing"]), max_size=2)),
        "opinions": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "on": days,
                        "by": st.sampled_from(["A", "B"]),
                        "stage": st.sampled_from([None, *MODEL.stages]),
                        "reasons": st.just("as seen"),
                    }
                ),
                max_size=3,
            )
        ),
        "observations": [
            draw(observations(name, signs=signs, earlier=names[:number]))
            for number, name in enumerate(names)
        ],
        "away": draw(st.lists(episodes(), max_size=2)),
    }
