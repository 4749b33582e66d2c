"""What `leeward` will not do, whoever asks."""

import pytest

from config.cli import main


@pytest.mark.parametrize("asked", [["flush"], ["flush", "--no-input"]])
def test_leeward_does_not_empty_its_database(capsys, asked):
    assert main(asked) == 1
    said = capsys.readouterr()
    assert "audit" in said.err
    assert not said.out


def test_leeward_gives_nobody_a_password_past_the_second_person_and_the_audit(capsys, wren):
    kept = wren.password
    assert main(["changepassword", "wren"]) == 1
    said = capsys.readouterr()
    assert "second person" in said.err
    assert not said.out
    wren.refresh_from_db()
    assert wren.password == kept
