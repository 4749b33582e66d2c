"""`leeward audit`: what each part says, and the number it ends with."""

import json

import pytest
from django.core.management import CommandError, call_command

from leeward.audit.models import AuditRow, Leaf
from leeward.audit.tests.tamper import without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    settings.LEEWARD_AUDIT_HEADS = tmp_path / "heads.jsonl"
    return settings.LEEWARD_AUDIT_HEADS


@pytest.fixture
def leeward(capsys):
    """`leeward("verify")`: what it printed, and the number it ended with."""

    def run(*arguments):
        ended = 0
        try:
            call_command("audit", *map(str, arguments))
        except SystemExit as end:
            ended = end.code
        except CommandError as end:
            return str(end), end.returncode
        return capsys.readouterr().out, ended

    return run


@pytest.fixture
def used(desk, person):
    """A file that was opened twice."""
    for _turn in range(2):
        desk.get(f"/people/{person.pk}/")
    return AuditRow.objects.filter(action="file.open").latest("id")


def test_seal_then_verify(leeward, used):
    count = AuditRow.objects.count()
    said, ended = leeward("verify")
    assert ended == 0
    assert f"{count} new rows are not sealed yet" in said
    assert "no signed heads" in said
    assert "Clean" not in said
    assert leeward("seal") == (f"{count} rows sealed, 1 heads signed.\n", 0)
    said, ended = leeward("verify")
    assert ended == 0
    assert f"Rows: {count}," in said
    assert "Clean" in said
    assert Leaf.objects.count() == count


def test_verify_names_agency_position_and_row_and_ends_in_1(leeward, used, agency):
    leeward("seal")
    with without_triggers() as cursor:
        cursor.execute("UPDATE audit_auditrow SET actor_id = NULL WHERE id = %s", [used.pk])
    said, ended = leeward("verify")
    position = Leaf.objects.get(row_id=used.pk).position
    assert ended == 1
    assert f"TAMPERED: row edited: {agency.name}, position {position}, row {used.pk}." in said
    assert "Clean" not in said
    told, ended = leeward("verify", "--json")
    report = json.loads(told)
    assert ended == 1
    assert report["clean"] is False
    assert report["faults"][0] | {"why": ""} == {
        "what": "edited", "agency": str(agency.pk), "position": position, "row": used.pk,
        "why": "",
    }  # fmt: skip


def test_verify_against_heads_and_a_key_kept_elsewhere(leeward, used, heads, tmp_path):
    leeward("seal")
    key, copy = tmp_path / "key.pem", tmp_path / "copy.jsonl"
    key.write_text(leeward("key")[0])
    heads.rename(copy)
    assert leeward("verify")[1] == 1
    said, ended = leeward("verify", "--head", copy, "--key", key)
    assert ended == 0
    assert "signed heads: 1" in said


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["verify", "--head", "/nowhere/heads.jsonl"], "cannot be read"),
        (["verify", "--key", "/nowhere/key.pem"], "cannot be read"),
        (["trace", "no code"], "eight letters"),
        (["seel"], "invalid choice"),
    ],
)
def test_misuse_ends_in_2_and_says_why(leeward, arguments, why):
    said, ended = leeward(*arguments)
    assert why in said
    assert ended in {2, 1 if why == "invalid choice" else 2}


def test_a_key_that_is_none_is_said(leeward, used, tmp_path):
    leeward("seal")
    odd = tmp_path / "odd.pem"
    odd.write_text("not a key")
    assert leeward("verify", "--key", odd) == (
        "--key holds no public key. Use what `leeward audit key` printed.",
        2,
    )


def test_without_a_signing_key_it_says_what_to_do(leeward, settings, tmp_path):
    settings.LEEWARD_AUDIT_SIGNING_KEY = tmp_path / "none.json"
    said, ended = leeward("key")
    assert ended == 2
    assert "leeward migrate" in said
