"""Seeing a sign again never takes away who saw it before."""

from hypothesis import given
from hypothesis import strategies as st

from leeward.practice_model.loader import builtin_model
from leeward.practice_model.reading import read_record
from leeward.practice_model.record import parse_record

MODEL = builtin_model()
SPEAKING = [name for name, sign in MODEL.signs.items() if sign.speaks and sign.recordable]
EVIDENCE = ["limited", "some", "strong"]


def note(number, sign, day, source, finding="present"):
    return {
        "id": f"o{number}",
        "on": f"2025-03-{day:02}",
        "source": source,
        "by": "A",
        "text": "x",
        "indicators": [{"id": sign, "finding": finding}],
        "harm": "none",
        "about": "self",
    }


def supported(notes):
    record = {"model": MODEL.version, "born": None, "as_of": "2025-04-02", "observations": notes}
    reading = read_record(parse_record(record, MODEL), MODEL)
    return {one.stage: one for one in reading.supported}


NOTES = st.lists(
    st.tuples(
        st.sampled_from(SPEAKING),
        st.integers(1, 31),
        st.sampled_from(["seen", "youth", "other", "document"]),
    ),
    min_size=1,
    max_size=25,
)


@given(NOTES)
def test_one_more_present_finding_never_lowers_evidence(raw):
    notes = [note(number, *one) for number, one in enumerate(raw)]
    before, after = supported(notes[:-1]), supported(notes)
    for stage, one in before.items():
        assert stage in after
        assert EVIDENCE.index(after[stage].evidence) >= EVIDENCE.index(one.evidence)
        assert set(one.for_) <= set(after[stage].for_)


def test_a_finding_from_before_it_was_looked_for_and_not_there_no_longer_speaks():
    signs = [name for name in SPEAKING if MODEL.signs[name].rank == MODEL.signs[SPEAKING[-1]].rank]
    one, other = next(
        (a, b)
        for a in signs
        for b in signs
        if MODEL.indicators[a].thread != MODEL.indicators[b].thread
    )
    notes = [
        note(1, one, 1, "seen"),
        note(2, one, 5, "seen", "absent"),
        note(3, one, 9, "youth"),
        note(4, other, 9, "seen"),
    ]
    (found,) = supported(notes).values()
    assert found.for_ == ("o3", "o4")
