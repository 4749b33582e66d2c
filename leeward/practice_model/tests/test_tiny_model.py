"""A second, made-up model: the reading follows its content, and no code names a sign."""

import ast
from pathlib import Path

import leeward.practice_model
from leeward.practice_model.loader import builtin_model, load_model
from leeward.practice_model.reading import read_record
from leeward.practice_model.record import parse_record

TINY = load_model(Path(__file__).parent / "tiny.toml")


def read(*notes, as_of="2025-04-02"):
    record = {
        "model": "tiny",
        "as_of": as_of,
        "observations": [
            {
                "id": f"o{number}",
                "on": on,
                "source": "seen",
                "indicators": [{"id": sign, "finding": "present"} for sign in signs.split()],
                "harm": "none",
                "about": "self",
            }
            for number, (on, signs) in enumerate(notes)
        ],
    }
    return read_record(parse_record(record, TINY), TINY).to_dict()


def test_stages_and_threads_come_from_the_content():
    out = read(("2025-04-01", "n1 n2"))
    assert [one["stage"] for one in out["supported"]] == ["noon"]
    assert out["threads"]["wool"]["stage"] == "noon"
    assert list(out["threads"]) == ["wool", "silk"]


def test_fading_comes_from_the_content():
    out = read(("2025-03-20", "n1 n2"))
    assert out["supported"] == []
    assert out["faded"] == ["o0"]
    assert out["harm"] == ["o0"]  # n1 is of a kind that lasts


def test_a_kind_that_may_not_support_a_role_is_listed_only():
    # d2 is of a kind that supports harm and movement away, in a stage of vulnerability.
    out = read(("2025-04-01", "d1 d2"))
    assert out["supported"] == []
    assert out["vulnerability"] == ["o0"]
    assert out["threads"]["silk"]["stage"] is None


def test_setbacks_come_from_the_content():
    walked = [("2025-03-01", "n1"), ("2025-03-02", "k1")]
    back = [("2025-03-03", "n1"), ("2025-03-04", "n1"), ("2025-03-05", "n1")]
    assert read(*walked, *back[:2])["threads"]["wool"]["movement"] == "away"
    assert read(*walked, *back)["threads"]["wool"]["movement"] == "in"


def test_no_code_names_a_sign_a_stage_or_a_thread():
    model = builtin_model()
    names = {*model.indicators, *model.stages, *model.threads}
    files = list(Path(leeward.practice_model.__file__).parent.glob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in names, f"{file.name}:{node.lineno}: {node.value}"
