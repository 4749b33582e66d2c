"""Loading a model: every fault at once, with its file and its key."""

import re
from pathlib import Path

import pytest

from leeward.practice_model.check_command import main
from leeward.practice_model.loader import (
    ModelFaults,
    ModelUnreadable,
    UnknownModelError,
    builtin_model,
    builtin_versions,
    load_model,
)

TINY = (Path(__file__).parent / "tiny.toml").read_text(encoding="utf-8")


def faults(tmp_path, text):
    file = tmp_path / "one.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelFaults) as caught:
        load_model(file)
    return {f"{one.file}: {one.key}: {one.message}" for one in caught.value.faults}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('id = "d2"', 'id = "d1"', "indicators.d1.id: duplicate id 'd1'"),
        ('id = "silk"\nname', 'id = "wool"\nname', "threads.wool.id: duplicate id 'wool'"),
        ('{ en = "Five", fr = "Cinq" }', '{ en = "Five" }', ".k1.source.fr: missing French"),
        ('{ en = "Five", fr = "Cinq" }', '{ en = "Five", fr = " " }', ".fr: missing French"),
        ('{ en = "Five", fr = "Cinq" }', '"Five"', "indicators.k1.source: must be a table"),
        ('working = { en = "Five", fr = "Cinq" }\n', "", "k1.working: missing working wording"),
        ('stage = "dusk"', 'stage = "dust"', "indicators.k1.stage: unknown stage 'dust'"),
        ('thread = "silk"', 'thread = "sild"', "d2.thread: unknown thread 'sild'"),
        ('kind = "lasting"', 'kind = "last"', "d1.kind: unknown kind 'last'"),
        ('role = "harm"', 'role = "worse"', "stages.noon.role: unknown role 'worse'"),
        ('["harm", "movement_away"]', '["harm", "x"]', "kinds.passing.supports.1: unknown role"),
        ("fades = true", 'fades = "yes"', "kinds.passing.fades: must be true or false"),
        ("fade_days = 10", "fade_days = 0", "reading.fade_days: must be a whole number"),
        ("fade_days = 10", "fade_days = true", "reading.fade_days: must be a whole number"),
        ("threads_some = 3", "threads_some = 5", "reading.threads_some: limited, some and"),
        ("fade_days = 10\n", "", "reading.fade_days: missing"),
        ("reviewed = true", "weight = 3\nreviewed = true", "indicators.k1.weight: unknown key"),
        ("reviewed = true", "", "indicators.k1.reviewed: missing"),
        ('id = "k1"', 'id = "K 1"', "indicators.K 1.id: must be a lower-case id"),
        ("[reading]", "[readings]", "readings: unknown key"),
        ("[reading]", "[readings]", "reading: missing"),
        ('version = "tiny"', "version = 1", "model.version: must be a string"),
    ],
)
def test_a_fault_names_its_file_and_key(tmp_path, before, after, expected):
    assert before in TINY
    found = faults(tmp_path, TINY.replace(before, after, 1))
    assert any(one.startswith("one.toml: ") and expected in one for one in found), found


def test_a_missing_list_is_a_fault(tmp_path):
    head = TINY[: TINY.index("[[kinds]]")]
    found = faults(tmp_path, head)
    assert {f"one.toml: {name}: missing" for name in ("kinds", "stages", "threads")} <= found


def test_a_missing_role_heading_is_a_fault(tmp_path):
    text = re.sub(r'\[\[roles\]\]\nid = "harm"\n.*\n.*\n', "", TINY)
    assert faults(tmp_path, text) == {"one.toml: roles.harm: missing"}


def test_all_faults_are_reported_at_once(tmp_path):
    text = TINY.replace('id = "d2"', 'id = "d1"', 1)
    text = text.replace('stage = "dusk"', 'stage = "dust"')
    text = text.replace('{ en = "Nowhere", fr = "Nulle part" }', '{ en = "Nowhere" }')
    text = text.replace('working = { en = "Five", fr = "Cinq" }\n', "")
    assert faults(tmp_path, text) == {
        "one.toml: model.place.fr: missing French wording",
        "one.toml: indicators.d1.id: duplicate id 'd1'",
        "one.toml: indicators.k1.stage: unknown stage 'dust'",
        "one.toml: indicators.k1.working: missing working wording",
    }


def test_points_of_an_approach_are_checked(tmp_path):
    approach = """
[[approaches]]
id = "one"
name = { en = "One", fr = "Un" }
summary = { en = "One", fr = "Un" }
opt_in = false
reviewed = false
"""
    point = '[[approaches.points]]\nid = "p"\nen = "P"\nfr = "P"\nreviewed = false\n'
    wrong = '[[approaches.points]]\nid = "p"\nen = "P"\nreviewed = false\n'
    assert faults(tmp_path, TINY + approach + point + wrong) == {
        "one.toml: approaches.one.points.p.id: duplicate id 'p'",
        "one.toml: approaches.one.points.p.fr: missing French wording",
    }


def test_a_folder_is_read_as_one_model_and_faults_name_the_file(tmp_path):
    at = TINY.index("[[indicators]]")
    (tmp_path / "a.toml").write_text(TINY[:at], encoding="utf-8")
    (tmp_path / "b.toml").write_text(TINY[at:], encoding="utf-8")
    assert list(load_model(tmp_path).indicators) == ["d1", "d2", "n1", "n2", "k1"]
    (tmp_path / "c.toml").write_text(TINY[at:] + '\n[model]\nversion = "x"\n', encoding="utf-8")
    with pytest.raises(ModelFaults) as caught:
        load_model(tmp_path)
    found = {str(one) for one in caught.value.faults}
    assert "c.toml: indicators.d1.id: duplicate id 'd1'" in found
    assert "c.toml: model: already given in a.toml" in found


def test_lists_of_two_files_are_joined_in_file_order(tmp_path):
    first, second = TINY.split('[[indicators]]\nid = "n1"')
    (tmp_path / "b.toml").write_text(first, encoding="utf-8")
    more = '[[indicators]]\nid = "n1"' + second
    (tmp_path / "a.toml").write_text(more, encoding="utf-8")
    assert list(load_model(tmp_path).indicators) == ["n1", "n2", "k1", "d1", "d2"]


def test_unreadable_is_not_a_fault(tmp_path):
    for make in (
        lambda: tmp_path / "none.toml",
        lambda: tmp_path,
        lambda: _written(tmp_path / "bad.toml", b"= 1"),
        lambda: _written(tmp_path / "latin.toml", b'a = "\xe9"'),
    ):
        with pytest.raises(ModelUnreadable):
            load_model(make())


def _written(path, data):
    path.write_bytes(data)
    return path


def test_builtin_model_is_loaded_once_and_known_by_version():
    assert builtin_versions() == ("2020",)
    assert builtin_model("2020") is builtin_model("2020")
    for version in ("2021", "../2020", "", "2020/model"):
        with pytest.raises(UnknownModelError):
            builtin_model(version)


def test_check_says_that_a_sound_model_is_sound(capsys):
    assert main(["check", str(Path(__file__).parent / "tiny.toml")]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    assert "sound" in out
    assert err == ""


def test_check_prints_every_fault(tmp_path, capsys):
    file = _written(tmp_path / "x.toml", TINY.replace("fade_days = 10", "fade_day = 1").encode())
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "x.toml: reading.fade_day: unknown key",
        "x.toml: reading.fade_days: missing",
    ]


@pytest.mark.parametrize("argv", [["check", "/nowhere/at/all"], ["check"], [], ["other"]])
def test_check_that_cannot_read_says_so_on_standard_error(argv, capsys):
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err


def test_check_has_help(capsys):
    assert main(["check", "--help"]) == 0
    assert "Exit status" in capsys.readouterr().out
