import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.documents import rules
from leeward.documents.apart import cleaned_pdf
from leeward.documents.cleaning import CannotClean, clean
from leeward.documents.rules import Refusal, Refused, media_of, plain_text
from leeward.documents.tests import made

MOST = 1024 * 1024


def everything_in(data: bytes) -> bytes:
    """All that a PDF holds, every stream taken apart."""
    with pikepdf.open(io.BytesIO(data)) as found:
        out = io.BytesIO()
        found.save(
            out,
            qdf=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue() + data


def test_words_stay():
    copy, pictures = clean(made.pdf())
    assert pictures == 0
    assert b"Invented letter" in everything_in(copy)


@pytest.mark.parametrize(
    "picture", [made.with_picture, made.with_inline_picture, made.with_picture_for_a_letter]
)
def test_a_picture_is_taken_out_and_the_words_stay(picture):
    assert made.SECRET[:9].encode() in everything_in(picture())
    copy, pictures = clean(picture())
    assert pictures == 1
    assert b"Invented letter" in everything_in(copy)
    assert made.SECRET[:9].encode() not in everything_in(copy)


def test_what_acts_or_tells_is_taken_out():
    assert made.SECRET.encode() in everything_in(made.with_everything())
    copy, _pictures = clean(made.with_everything())
    left = everything_in(copy)
    assert made.SECRET.encode() not in left
    for word in (b"JavaScript", b"/Launch", b"EmbeddedFile", b"XFA", b"/Author", b"/Screen"):
        assert word not in left


def test_what_acts_is_taken_out_however_deep_it_lies():
    assert made.SECRET.encode() in everything_in(made.with_acts_deep_inside())
    copy, _pictures = clean(made.with_acts_deep_inside())
    left = everything_in(copy)
    for word in (made.SECRET.encode(), b"JavaScript", b"/AA"):
        assert word not in left
    assert b"Invented letter" in left


def test_the_same_file_gives_the_same_copy():
    assert clean(made.with_everything()) == clean(made.with_everything())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (made.locked, "locked"),
        (made.bomb, "too_much_inside"),
        (lambda: made.with_picture(b""), "nothing_left"),
        (lambda: b"%PDF-1.7\nnothing of the kind", "broken"),
        (lambda: made.pdf()[:200], "broken"),
    ],
    ids=["locked", "bomb", "scan", "no pdf", "cut"],
)
def test_what_cannot_be_cleaned_says_why(data, why):
    with pytest.raises(CannotClean, match=why):
        clean(data())


def test_cleaning_happens_apart_and_answers_alike():
    assert cleaned_pdf(made.with_everything()) == clean(made.with_everything())
    with pytest.raises(Refused) as refused:
        cleaned_pdf(made.locked())
    assert refused.value.why is Refusal.LOCKED


def test_a_cleaner_that_dies_keeps_nothing(monkeypatch):
    monkeypatch.setattr("leeward.documents.apart.MEMORY", 1024)
    with pytest.raises(Refused) as refused:
        cleaned_pdf(made.pdf())
    assert refused.value.why is Refusal.BROKEN


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_are_what_they_say(data):
    try:
        media = media_of(data, MOST)
    except Refused:
        return
    assert media == ("pdf" if data.startswith(b"%PDF-") else "text")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_text_in_any_script_is_text(text):
    hides = any(rules._hidden(letter) for letter in text)
    if hides or text.lstrip("\ufeff").lstrip().lower().startswith(rules._MARKUP):
        return
    assert plain_text(text.encode())
