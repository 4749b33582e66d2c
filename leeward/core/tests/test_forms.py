import datetime as dt

import pytest
from django import forms
from django.utils import timezone

from leeward.core.forms import LeewardForm, PartialDateField, PastDayField


class Dated(LeewardForm):
    """A form with each kind of date."""

    past = PastDayField(label="Past", required=False)
    partial = PartialDateField(label="Partial", required=False, help_text="How to write it")


@pytest.mark.parametrize("text", ["2025-03-10", "2025-03", "2025", "", "  2025-03  "])
def test_a_partial_date_is_kept_as_text(text):
    form = Dated({"partial": text})
    assert form.is_valid()
    assert form.cleaned_data["partial"] == text.strip()


@pytest.mark.parametrize("text", ["10/03/2025", "March", "2025-02-30", "2025-03-10x"])
def test_a_mistake_in_a_date_says_how_to_write_it(text):
    form = Dated({"partial": text, "past": text})
    assert not form.is_valid()
    assert "2009-11-30" in form.errors["partial"][0] or "10 " in form.errors["partial"][0]
    assert "2025-03-10" in form.errors["past"][0]


def test_a_past_day_is_not_ahead_of_the_agencys_day(monkeypatch):
    late = dt.datetime(2025, 3, 11, 2, 30, tzinfo=dt.UTC)  # the 10th, still, in Winnipeg
    monkeypatch.setattr(timezone, "now", lambda: late)
    with timezone.override("America/Winnipeg"):
        assert Dated({"past": "2025-03-10"}).is_valid()
        assert not Dated({"past": "2025-03-11"}).is_valid()


def test_a_field_says_its_label_its_hint_and_its_error_together():
    form = Dated({"partial": "soon"})
    drawn = str(form["partial"].as_field_group())
    assert 'for="id_partial"' in drawn
    assert "How to write it" in drawn
    assert form.errors["partial"][0] in drawn.replace("&#x27;", "'")
    assert "required" not in drawn
    assert 'aria-invalid="true"' in drawn
    for described in ("id_partial_helptext", "id_partial_error"):
        assert f'id="{described}"' in drawn
        assert described in drawn.split('aria-describedby="')[1].split('"')[0]


def test_what_was_typed_is_shown_again_and_escaped():
    drawn = str(Dated({"partial": '"><script>'}))
    assert "<script>" not in drawn
    assert "&quot;&gt;&lt;script&gt;" in drawn


def test_every_widget_of_the_house_draws_without_an_inline_style():
    class Everything(LeewardForm):
        one = forms.CharField()
        many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])

    assert "style=" not in str(Everything())
