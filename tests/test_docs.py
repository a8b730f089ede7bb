"""The documents against the program: commands, options, the site, and that it asks nobody else."""

import contextlib
import io
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import msgspec
import pytest

from watchfloor.merge import MergedIncident
from watchfloor.records import (
    Actor,
    Claim,
    CodedReport,
    Date,
    Event,
    Grade,
    Harm,
    Incident,
    Participant,
    Place,
    Source,
)
from watchfloor.scale import manifest as marks
from watchfloor.scale.manifest import Done, Manifest
from watchfloor.scale.parts import Part
from watchfloor.scale.storage import Folder, Storage
from watchfloor.scale.tables import COLUMNS, write_table
from watchfloor.watch.alerts import Alert

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


def _pages() -> list[Path]:
    written = {"commands.md", "experiments.md", "scorecard.md"}
    pages = [p for p in (ROOT / "docs").rglob("*.md") if p.name not in written]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(pages)]


def _code(page: Path) -> list[str]:
    """The lines of code blocks, and what stands between backticks in a line."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^    (?! )(.+)$", text, re.M)
    return [*blocks, *re.findall(r"`([^`\n]+)`", text)]


def test_every_command_that_a_page_shows_is_there_with_its_options() -> None:
    there = {name: {o for p in c.params for o in (*p.opts, *p.secondary_opts)}
             for name, c in commands()}  # fmt: skip
    groups = {name.rpartition(" ")[0] for name in there}
    shown = 0
    for page in _pages():
        for line in _code(page):
            found = re.search(r"(?:^|[/ ])watchfloor( [a-z][a-z-]*)( [a-z][a-z-]*)?", line)
            if not found or re.search(r"(createdb|createuser|psql|from|import) watchfloor", line):
                continue
            one, two = f"watchfloor{found[1]}", f"watchfloor{found[1]}{found[2] or ''}"
            name = two if two in there else one
            assert name in there or name in groups, f"{page.name}: {line}"
            given = set(re.findall(r"(?<!\S)--[a-z][\w-]*", line[found.start() :].split(" # ")[0]))
            known = {"--help"} | there.get(name, set())
            assert given <= known, f"{page.name}: {line}: {name} has no {given - known}"
            shown += 1
    assert shown > 80


def test_every_setting_of_the_environment_is_told_on_the_page_of_installing() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    asked = set(re.findall(r"[\"'](WATCHFLOOR_[A-Z0-9_]+[A-Z0-9])[\"']", source))
    told = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    assert len(asked) > 6
    assert {name for name in asked if f"`{name}`" not in told} == set()


def test_every_field_and_column_is_told_on_the_page_of_formats() -> None:
    told = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")))
    kinds = (CodedReport, Actor, Place, Date, Event, Participant, Harm, Claim, Source, Grade,
             Incident, MergedIncident, Alert)  # fmt: skip
    fields = {f.encode_name for kind in kinds for f in msgspec.structs.fields(kind)}
    columns = {c for name, held in COLUMNS.items() if name not in {"nodes", "open"} for c in held}
    columns -= {
        f"{h}_{end}" for h in ("injured", "abducted", "arrested") for end in ("low", "high")
    }
    assert (fields | columns) - told == {"schema"}, "schema is in the headings"


def test_every_page_is_in_the_contents_and_the_readme_leads_to_pages_that_are_there() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    docs = ROOT / "docs"
    assert [p for p in docs.rglob("*.md") if str(p.relative_to(docs)) not in contents] == []
    links = re.findall(r"\]\(([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).exists()] == []


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


def _blocks(page: str) -> list[str]:
    """The code blocks of a page, each from its margin on."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", text, re.M)
    return [textwrap.dedent(block) for block in blocks]


def test_the_page_of_the_library_runs() -> None:
    python = "\n".join(b for b in _blocks("library.md") if "import " in b or "for " in b)
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(python, {})
    (printed,) = (b for b in _blocks("library.md") if b.startswith("ASSAULT"))
    assert told.getvalue().startswith(printed)


def test_a_corpus_becomes_tables_and_a_plot_as_the_page_for_researchers_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("src", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    program = str(Path(sys.executable).with_name("watchfloor"))
    named = {"watchfloor": program, "python": sys.executable}
    printed = []
    for line in (line for b in _blocks("research.md") for line in b.splitlines()):
        first, *words = shlex.split(line) if line.startswith(tuple(named)) else [""]
        if first:
            words += ["--no-learned", "--workers", "1"] if "backfill" in words else []
            ran = subprocess.run([named[first], *words], capture_output=True, text=True, check=True)
            printed.append(ran.stdout)
    assert printed[-1].startswith("month,attacks,reports\n")
    assert sum(int(row.split(",")[2]) for row in printed[-1].splitlines()[1:]) == 66
    assert (tmp_path / "attacks.svg").read_text(encoding="utf-8").count("<rect") > 20
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        python = [b for b in _blocks("research.md") if "answers" in b]
        exec("\n".join(python), {})
    assert re.search(r"^2\d{3}-\d\d [A-Z]{3} \d+ ", told.getvalue(), re.M)
    assert "50 incidents to read" in told.getvalue()


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
