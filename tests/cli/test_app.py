"""The command line as a whole."""

import subprocess
import sys

from typer.testing import CliRunner

from watchfloor.cli.app import COMMANDS, GROUPS, app


def test_every_command_is_listed_and_has_its_help() -> None:
    listed = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"})
    assert listed.exit_code == 0
    for name in (*COMMANDS, *GROUPS):
        assert f" {name} " in listed.output
        asked = CliRunner().invoke(app, [name, "--help"])
        assert asked.exit_code == 0
        assert f"{name} [OPTIONS]" in asked.output


def test_an_unknown_command_is_said() -> None:
    asked = CliRunner().invoke(app, ["cod"])
    assert asked.exit_code == 2
    assert "No such command 'cod'" in asked.output


def test_the_version_is_that_of_the_package() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert told.exit_code == 0
    assert told.output.strip().split(".")[0].isdigit()


def test_coding_loads_no_database_and_no_cluster() -> None:
    code = (
        "import sys; from watchfloor.cli.app import app; app(['code', '-'], standalone_mode=False);"
        "assert not {'sqlalchemy', 'distributed', 'pyarrow', 'fastapi'} & set(sys.modules)"
    )
    text = "EXERCISE. Gunmen killed two guards near Quetta on Monday."
    ran = subprocess.run(
        [sys.executable, "-c", code], input=text, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert '"ASSAULT"' in ran.stdout
