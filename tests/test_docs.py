"""The documents against the program: commands, options, the site, and that it asks nobody else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from watchfloor.scale import manifest as marks
from watchfloor.scale.manifest import Done, Manifest
from watchfloor.scale.parts import Part
from watchfloor.scale.storage import Folder, Storage
from watchfloor.scale.tables import write_table

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))

from write_commands import commands  # noqa: E402 - a tool, not a module of the package

_HEADING = re.compile(r"^## (watchfloor .+)$", re.M)


def _sections() -> dict[str, str]:
    parts = _HEADING.split((ROOT / "docs" / "commands.md").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_and_option_is_documented_and_no_other() -> None:
    told = {name: set(re.findall(r"`(--[\w-]+)`", text)) for name, text in _sections().items()}
    there = {
        name: {o for p in c.params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")}
        for name, c in commands()
    }
    assert told == there, "run: python tools/write_commands.py"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "--site-dir", str(out)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return out


def test_the_site_builds_with_every_link_whole_and_asks_no_other_machine(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 15
    asked = re.compile(r"<(?:script|img|iframe)[^>]+src=\"?https?:|<link[^>]+href=\"?https?:")
    for page in pages:
        assert not asked.search(page.read_text(encoding="utf-8")), page
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\"?https?:|@import", style.read_text(encoding="utf-8")), style


def test_the_plot_of_attacks_shows_its_coverage(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "coded"), Storage())
    reports = [
        {"part": "p", "report": f"r{n}", "published": f"2031-0{1 + (n == 9)}-04", "coded": True,
         "events": 1}
        for n in range(10)
    ]  # fmt: skip
    write_table(folder, "reports", "reports/p.parquet", reports)
    for table in ("events", "claims", "problems"):
        write_table(folder, table, f"{table}/p.parquet", [])
    marks.mark(folder, Done(part=Part(name="p", address="exercise.jsonl", size=1)))
    marks.save(folder, Manifest())
    out = tmp_path / "attacks.svg"
    script = [sys.executable, str(ROOT / "examples" / "attacks_by_month.py")]
    ran = subprocess.run(
        [*script, str(tmp_path / "coded"), str(out)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines() == ["month,attacks,reports", "2031-01,0,9", "2031-02,0,1"]
    assert out.read_text(encoding="utf-8").count('fill="none"') == 2, "the thin month is hollow"
