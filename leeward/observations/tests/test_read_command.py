"""`leeward read`: the answer on standard output, or what is wrong on standard error."""

import io
import json
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given

import leeward.observations.in_words
from leeward.observations.in_words import say
from leeward.observations.read_command import main
from leeward.observations.rules import read_with_law
from leeward.practice_model.reading import read_record
from leeward.practice_model.record import parse_record
from leeward.practice_model.tests.strategies import MODEL, records, rule

SIGNS = [("ti-friends", "2025-03-10"), ("ti-distance", "2025-03"), ("en-away", "2024-03-10")]
RECORD = {
    "model": "2020",
    "born": "2009-11-30",
    "as_of": "2025-04-02",
    "strengths": ["fixes bikes"],
    "opinions": [{"on": "2025-03-01", "by": "W. Example", "stage": None, "reasons": "too soon"}],
    "observations": [
        {
            "id": f"o{number}",
            "on": on,
            "source": "seen",
            "by": "A",
            "text": "",
            "indicators": [{"id": sign, "finding": "present"}],
            "harm": "possible",
            "about": "self",
        }
        for number, (sign, on) in enumerate(SIGNS)
    ],
}
FADED = {**RECORD, "observations": RECORD["observations"][2:]}


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command on bytes given as standard input."""

    def go(given, *argv):
        raw = given if isinstance(given, bytes) else json.dumps(given).encode()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        status = main(argv)
        out, err = capsys.readouterr()
        return status, out, err

    return go


def test_json_is_the_reading_with_the_law(run):
    status, out, err = run(RECORD, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == read_with_law(parse_record(RECORD, MODEL), MODEL)


def test_every_row_that_applies_comes_with_its_id_and_source(run):
    both = {**RECORD, "observations": [{**RECORD["observations"][0], "about": "both"}]}
    both["observations"][0].update(on=RECORD["as_of"], harm="now")
    status, out, _ = run(both, "--json", "--rules")
    assert status == 0
    rows = json.loads(out)["rules"]
    assert [f"{one['table']}/{one['id']}" for one in rows] == [
        "urgency/now",
        "urgency_steps/now-911",
        "urgency_steps/now-society",
        "urgency_steps/now-write",
        "prompts/call-now",
        "prompts/report-now",
        "prompts/report-other-child",
    ]
    assert all(one["source"] and one["checked_on"] and one["because"] == ["o0"] for one in rows)
    _, said, _ = run(both)
    for one in rows:
        assert f"[{one['id']}; {one['source']}]" in said
        assert one["text"]["en"] in said


@pytest.mark.parametrize("argv", [["-"], []])
def test_standard_input(run, argv):
    assert run(RECORD, *argv, "--json")[0] == 0


def test_a_file(run, tmp_path):
    file = tmp_path / "record.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(RECORD).encode())
    status, out, _ = run(b"", str(file), "--json")
    assert status == 0
    assert json.loads(out)["age"] == 15


def test_plain_words_say_what_supports_what(run):
    status, out, _ = run(RECORD)
    assert status == 0
    assert "A person names the stage." in out
    assert "fixes bikes" in out
    assert "Transitioning In: limited evidence, across Family and culture; Friends." in out
    assert "For: o0, o1." in out
    assert "Report it at once, yourself" in out
    assert "[report-now; CYFSA s.125]" in out
    assert "[today; Practice: urgency follows harm, never the stage]" in out
    assert "[today-society; CYFSA s.125]" in out
    assert "Online: nobody has asked yet." in out
    assert "(2025-03: o1)" in out  # a month stays a month
    assert out.index("fixes bikes") < out.index("How soon") < out.index("What the notes support")


def test_faded_harm_is_never_no_concern(run):
    _, out, _ = run(FADED)
    assert "Not enough to name a stage." in out
    assert "Nothing recent. Last known signs of harm:" in out
    assert "last seen 2024-03-10 (o2)" in out
    assert "no concern" not in out.lower()


def test_french_is_whole(run):
    status, out, _ = run(RECORD, "--lang", "fr")
    assert status == 0
    assert "C’est une personne qui nomme l’étape." in out
    assert "Transition vers l’exploitation\u00a0: quelques indications" in out
    for english in ("evidence", "Nobody", "thread", "Report", "seen"):
        assert english not in out


def test_what_people_typed_cannot_drive_a_terminal(run):
    typed = {**RECORD, "strengths": ["a\x1b[31mb\nc\u202ed"]}
    _, out, _ = run(typed)
    assert "a [31mb c d" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("given_record", "error"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"model": NaN}', "not JSON: NaN"),
        (b'{"model": "2020", "model": "2020"}', "model: given twice"),
        ([], "record: must be an object"),
        ({}, "model: missing"),
        ({**RECORD, "model": 2020}, "model: must be a string"),
        ({**RECORD, "model": "1999"}, "model: unknown model '1999'"),
        ({**RECORD, "model": "../2020"}, "model: unknown model"),
        ({**RECORD, "race": "x"}, "race: unknown key"),
        ({**RECORD, "as_of": "2025-03-09"}, "observations[0].on: is after as_of"),
    ],
)
@pytest.mark.parametrize("option", ["--json", "--lang=fr"])
def test_a_bad_record_is_an_error_and_nothing_else(run, given_record, error, option):
    status, out, err = run(given_record, option)
    assert (status, out) == (2, "")
    assert err.startswith("leeward read: ")
    assert error in err


def test_a_fault_deep_inside_names_its_path(run):
    bad = json.loads(json.dumps(RECORD))
    bad["observations"][2]["indicators"][0]["id"] = "ti-freinds"
    status, out, err = run(bad, "--json")
    assert (status, out) == (2, "")
    assert "observations[2].indicators[0].id: unknown indicator 'ti-freinds'" in err


@pytest.mark.parametrize("argv", [["/nowhere/record.json"], ["/"], ["\0"], ["--lang", "de"]])
def test_what_cannot_be_read_says_so(run, argv):
    status, out, err = run(RECORD, *argv)
    assert (status, out) == (2, "")
    assert err


def test_help(run):
    status, out, _ = run(b"", "--help")
    assert status == 0
    assert "--json" in out
    assert "Exit status" in out


@rule
@given(records())
def test_every_reading_can_be_said(record):
    parsed = parse_record(record, MODEL)
    reading = read_record(parsed, MODEL)
    for language in ("en", "fr"):
        said = say(reading, parsed, MODEL, language)
        assert "{" not in said
        assert not re.search(r"\d+ ?%|score|points", said)


def test_the_words_are_in_both_languages():
    file = Path(leeward.observations.in_words.__file__).with_name("read_words.toml")
    for key, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert set(text) == {"en", "fr"}, key
        slots = [set(re.findall(r"{(\w+)}", text[language])) for language in ("en", "fr")]
        assert slots[0] == slots[1], key
        assert not re.search(r" [:;?!]", text["fr"]), key
        assert "'" not in text["en"] + text["fr"], key
