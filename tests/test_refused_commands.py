"""What `leeward` will not do, whoever asks."""

import pytest

from config.cli import main


@pytest.mark.parametrize("asked", [["flush"], ["flush", "--no-input"]])
def test_leeward_does_not_empty_its_database(capsys, asked):
    assert main(asked) == 1
    said = capsys.readouterr()
    assert "audit" in said.err
    assert not said.out
