"""The tools that make and check a clone."""

import subprocess
import sys
from pathlib import Path

import lock
import postgres
import pytest
import roles
import setup_system

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def machine(monkeypatch):
    """A machine that lacks everything; `machine(root=True)` runs as root. Returns what ran."""
    ran = []

    def make(*, root=False, ubuntu=False, fails=False):
        monkeypatch.setattr(setup_system.shutil, "which", lambda _name: None)
        monkeypatch.setattr(setup_system, "system_chromium", lambda: None)
        monkeypatch.setattr(setup_system, "playwright_chromium", lambda: None)
        monkeypatch.setattr(setup_system, "_is_ubuntu", lambda: ubuntu)
        monkeypatch.setattr(setup_system.os, "geteuid", lambda: 0 if root else 1000)

        def run(command, **_options):
            ran.append(" ".join(command))
            return subprocess.CompletedProcess(command, 1 if fails else 0)

        monkeypatch.setattr(setup_system.subprocess, "run", run)
        return ran

    return make


@pytest.mark.parametrize(("ubuntu", "last"), [(False, "chromium"), (True, "install chromium")])
def test_without_root_one_line_says_what_to_run(machine, capsys, ubuntu, last):
    ran = machine(ubuntu=ubuntu)
    assert setup_system.main(["gettext", "chromium"]) == 1
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert line.rstrip().endswith(last)
    assert "sudo apt-get update && sudo apt-get install" in line
    assert ran == []


def test_root_installs_what_is_missing(machine, capsys):
    ran = machine(root=True)
    assert setup_system.main(["gettext"]) == 0
    assert ran == ["apt-get update", "apt-get install -y --no-install-recommends gettext"]
    assert capsys.readouterr().err == ""


def test_an_installation_that_fails_says_which(machine, capsys):
    machine(root=True, fails=True)
    assert setup_system.main(["gettext"]) == 1
    assert "apt-get update" in capsys.readouterr().err


def test_what_is_there_is_left_alone(monkeypatch):
    monkeypatch.setattr(setup_system.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert setup_system.commands_for(["gettext"]) == []


def test_a_stub_that_does_not_run_is_no_chromium(tmp_path, monkeypatch):
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 10\n")
    stub.chmod(0o755)
    monkeypatch.setattr(setup_system, "CHROMIUM_NAMES", ())
    assert not setup_system._answers(str(stub))


@pytest.fixture
def locks(tmp_path, monkeypatch):
    """A copy of the locked requirements to spoil."""
    for path in lock.FOLDER.iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(lock, "FOLDER", tmp_path)
    return tmp_path


def test_the_lock_is_what_the_requirements_ask_for(locks):
    assert [line for name in lock.NAMES for line in lock.faults(name)] == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text + "an-invented-package\n", "does not hold an-invented-package"),
        (lambda text: text.replace("granian", "granian<1"), "granian<1 is needed"),
        (lambda text: text.replace("tqdm\n", ""), "tqdm, which nothing needs"),
    ],
)
def test_a_requirement_changed_without_its_lock_is_caught(locks, spoil, said):
    path = locks / "main.in"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert any(said in line for line in lock.faults("main"))


def test_a_lock_without_hashes_or_with_an_index_is_caught(locks):
    path = locks / "main.txt"
    text = path.read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if "--hash" not in line)
    path.write_text(f"--index-url invented\n{bare}", encoding="utf-8")
    found = lock.faults("main")
    assert "main.txt names an index" in found
    assert any("no hash" in line for line in found)


def test_a_command_runs_beside_a_database_of_its_own_that_is_gone_afterwards(monkeypatch, capfd):
    monkeypatch.delenv("LEEWARD_DATABASE_URL", raising=False)
    told = "import os; print(os.environ['LEEWARD_DATABASE_URL']); raise SystemExit(7)"
    assert postgres.main(["--", sys.executable, "-c", told]) == 7
    url = capfd.readouterr().out.strip()
    assert url.startswith(f"postgres://{postgres.APP}@%2Ftmp%2Fleeward-pg-")
    folder = url.split("@")[1].split("/")[0].replace("%2F", "/")
    assert not Path(folder).exists()


def test_the_wheels_server_does_as_well_where_debians_is_not(monkeypatch, capfd):
    real = Path.glob
    monkeypatch.setattr(
        Path, "glob", lambda at, like: () if "postgresql" in str(at) else real(at, like)
    )
    assert "pginstall" in str(postgres.binaries())
    assert postgres.main(["--", sys.executable, "-c", "print('beside the wheel')"]) == 0
    assert "beside the wheel" in capfd.readouterr().out


def test_postgres_without_a_command_says_how(capsys):
    assert postgres.main(["--"]) == 2
    assert "usage" in capsys.readouterr().err


def test_ci_runs_make_test_and_nothing_cleverer():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["#!/usr/bin/env bash", "set -euo pipefail"]
    assert lines[-1] == "make test"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_page_of_roles_is_the_table_that_the_code_reads():
    assert roles.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda page: page.replace("| supervised |", "| agency |"), "out of date"),
        (lambda page: page.replace(roles.END, ""), "has lost its marks"),
    ],
)
def test_a_page_of_roles_that_says_something_else_is_caught(
    tmp_path, monkeypatch, capsys, spoil, said
):
    page = tmp_path / "roles.md"
    page.write_text(spoil(roles.PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    monkeypatch.setattr(roles, "PAGE", page)
    assert roles.main(["--check"]) == 1
    assert said in capsys.readouterr().err


def test_a_page_of_roles_is_mended_by_drawing_it_again(tmp_path, monkeypatch):
    page = tmp_path / "roles.md"
    page.write_text(f"{roles.BEGIN}\nold\n{roles.END}\n", encoding="utf-8")
    monkeypatch.setattr(roles, "PAGE", page)
    assert roles.main([]) == 0
    assert "| supervised |" in page.read_text(encoding="utf-8")
    assert roles.main(["--check"]) == 0
