"""The command `jixiao`. Each command parses, calls one function, prints; imports wait until needed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import ExitCode, JixiaoError, UnusableArguments

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

_DATABASE = "sqlite:///data/clean/filings.db"
_OUTCOMES = ("pass", "fail", "insufficient", "not_applicable")
_FORMATS = ("csv", "parquet", "xlsx")

database_option = click.option(
    "--database", metavar="URL", default=_DATABASE, show_default=True, help="Any SQLAlchemy URL."
)


class _Commands(click.Group):
    """A group whose known errors are one line on standard error and an exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except JixiaoError as error:
            click.echo(f"jixiao: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("\njixiao: interrupted; running the same command again finishes what is missing", err=True)
            ctx.exit(ExitCode.INCOMPLETE)


class _Listing(click.Group):
    """A group that lists where no command of it is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = bool(args) and args[0] in (*self.commands, *ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jixiao")
def main() -> None:
    """Chinese budget-performance filings, from PDF to a SQL database one can trust.

    Exit codes: 0 everything loaded; 1 some files are partial or failed; 2 arguments or database unusable.
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@database_option
@click.option("--workers", metavar="N", type=click.IntRange(min=1), help="Processes that read.  [default: cores]")
@click.option("--force", is_flag=True, help="Read again what is already loaded.")
def ingest(paths: tuple[Path, ...], database: str, workers: int | None, force: bool) -> None:
    """Read every PDF under the paths and load it into the database.

    A file already loaded by this version is skipped; running the same command again finishes what is missing.
    """
    from pipeline.reading import find_files, start_readers

    files = find_files(paths)
    with start_readers(workers, files) as readers:  # they begin while the database is opened
        from pipeline.across.settle import settle
        from pipeline.batch import run_batch
        from pipeline.database import open_database
        from pipeline.reporter import make_reporter, summary_lines

        engine = open_database(database)
        summary = run_batch(files, engine, readers, make_reporter(), force)
    try:
        settle(engine)
    finally:
        click.echo("\n".join(summary_lines(summary, engine)))
    sys.exit(summary.exit_code)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--draw", metavar="DIR", type=click.Path(path_type=Path), help="Paint what was found on the pages.")
def show(file: Path, as_json: bool, draw: Path | None) -> None:
    """Extract one file and print its filings; no database."""
    from pipeline.show import show

    show(file, as_json, draw)


@main.command()
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@database_option
@click.option("--format", "formats", metavar="LIST", default="csv", show_default=True, help="csv,parquet,xlsx")
@click.option("--include-personal", is_flag=True, help="Write names and telephone numbers too.")
def export(out: Path, database: str, formats: str, include_personal: bool) -> None:
    """Write the tables as files, with datapackage.json and a codebook."""
    from pipeline.database import open_database
    from pipeline.export import export

    wanted = tuple(dict.fromkeys(formats.split(",")))
    if unknown := set(wanted) - set(_FORMATS):
        raise UnusableArguments(f"unknown format {', '.join(sorted(unknown))}; known: {', '.join(_FORMATS)}")
    for line in export(open_database(database, must_exist=True), out, wanted, include_personal):
        click.echo(line)


@main.group(cls=_Listing)
def vocabulary() -> None:
    """The names of indicators that repairs know, from the registry and learned; list where no command is named."""


@vocabulary.command("list")
@database_option
@click.option("--state", type=click.Choice(("serves", "waits", "promoted", "removed")), help="Only these.")
@click.option("--like", metavar="TEXT", help="Only names that hold this.")
def vocabulary_list(database: str, state: str | None, like: str | None) -> None:
    """Print the names, those of most filings first."""
    from pipeline.vocabulary_cli import list_words

    for line in list_words(_existing(database), state, like):
        click.echo(line)


@vocabulary.command("export")
@click.argument("file", metavar="FILE.csv", type=click.Path(dir_okay=False, path_type=Path))
@database_option
def vocabulary_export(file: Path, database: str) -> None:
    """Write the names as CSV."""
    from pipeline.vocabulary_cli import export_words

    click.echo(export_words(_existing(database), file))


@vocabulary.command("promote")
@click.argument("name")
@database_option
def vocabulary_promote(name: str, database: str) -> None:
    """Let a learned name serve repairs, however few filings have it."""
    from pipeline.vocabulary_cli import promote

    click.echo(promote(_existing(database), name))


@vocabulary.command("remove")
@click.argument("name")
@database_option
def vocabulary_remove(name: str, database: str) -> None:
    """Keep a learned name from repairs, however many filings have it."""
    from pipeline.vocabulary_cli import remove

    click.echo(remove(_existing(database), name))


@vocabulary.command("undo")
@click.argument("name")
@database_option
def vocabulary_undo(name: str, database: str) -> None:
    """Forget that a name was promoted or removed."""
    from pipeline.vocabulary_cli import undo

    click.echo(undo(_existing(database), name))


@main.group(cls=_Listing)
def repairs() -> None:
    """What was repaired, and what could be; list where no command is named."""


@repairs.command("list")
@database_option
@click.option("--state", type=click.Choice(("accepted", "suggested", "undone")), help="Only these.")
@click.option("--file", "file_name", metavar="NAME", help="Only files whose name holds this.")
def repairs_list(database: str, state: str | None, file_name: str | None) -> None:
    """Print the repairs, file by file."""
    from pipeline.repairs_cli import list_repairs

    for line in list_repairs(_existing(database), state, file_name):
        click.echo(line)


@repairs.command("undo")
@click.argument("repair_ids", nargs=-1, required=True, metavar="REPAIR_ID...")
@database_option
def repairs_undo(repair_ids: tuple[str, ...], database: str) -> None:
    """Let the values stand as they were read, now and after every new reading."""
    from pipeline.repairs_cli import undo

    click.echo(undo(_existing(database), repair_ids))


@repairs.command("redo")
@click.argument("repair_ids", nargs=-1, required=True, metavar="REPAIR_ID...")
@database_option
def repairs_redo(repair_ids: tuple[str, ...], database: str) -> None:
    """Let repairs stand again that were undone."""
    from pipeline.repairs_cli import redo

    click.echo(redo(_existing(database), repair_ids))


@main.group(cls=_Listing)
def identities() -> None:
    """Which spellings mean one organisation, which filings one project; list where no command is named."""


@identities.command("list")
@database_option
@click.option("--projects", is_flag=True, help="Projects with their filings, not organisations.")
@click.option("--like", metavar="TEXT", help="Only those with a spelling that holds this.")
def identities_list(database: str, projects: bool, like: str | None) -> None:
    """Print organisations with their spellings and the evidence, or projects with their filings."""
    from pipeline.identities_cli import list_organisations, list_projects

    for line in (list_projects if projects else list_organisations)(_existing(database), like):
        click.echo(line)


@identities.command("join")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@database_option
def identities_join(one: str, other: str, database: str) -> None:
    """Let B be the same as A: ids or spellings of two organisations or two projects."""
    from pipeline.identities_cli import join

    click.echo(join(_existing(database), one, other))


@identities.command("part")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@database_option
def identities_part(one: str, other: str, database: str) -> None:
    """Let B be another than A: two spellings of an organisation, or two filings of a project."""
    from pipeline.identities_cli import part

    click.echo(part(_existing(database), one, other))


@identities.command("undo")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@database_option
def identities_undo(one: str, other: str, database: str) -> None:
    """Forget that two were joined or parted."""
    from pipeline.identities_cli import undo

    click.echo(undo(_existing(database), one, other))


@main.command()
@database_option
@click.option("--html", "page", metavar="FILE", type=click.Path(path_type=Path), help="Write the report as a page.")
@click.option("--rule", metavar="R", default="", help="This rule alone.")
@click.option("--outcome", default="fail", show_default=True, type=click.Choice(_OUTCOMES), help="List these checks.")
@click.option("--file", metavar="NAME", default="", help="Files whose name holds this.")
@click.option("--all", "whole", is_flag=True, help="List every finding.")
def check(database: str, page: Path | None, whole: bool, **chosen: str) -> None:
    """Print how well the batch was read, the outcomes of every rule and what failed, gravest first.

    Findings are about the documents, they are no errors of the run: the exit code is 0.
    """
    from pipeline.check_counts import Selection
    from pipeline.check_report import report

    for line in report(_existing(database), Selection(**chosen), page, whole):
        click.echo(line)


@main.command()
@click.argument("corpus", required=False, metavar="[CORPUS]", type=click.Path(exists=True, path_type=Path))
@click.option("--answers", metavar="DIR", type=click.Path(exists=True, path_type=Path), help="Folder of known answers.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(min=1), help="How often both are timed.")
def bench(corpus: Path | None, answers: Path | None, rounds: int) -> None:
    """Accuracy and speed on a corpus with known answers, beside pdfplumber.

    CORPUS is a folder of PDFs, or one that holds pdf/ and truth/.  [default: the samples in data/raw]
    """
    from pipeline.bench import bench

    folder = corpus or Path("data/raw")
    pdfs = folder / "pdf" if (folder / "pdf").is_dir() else folder
    for line in bench(pdfs, answers or _answers_of(corpus), rounds):
        click.echo(line)


def _answers_of(corpus: Path | None) -> Path:
    """Where the answers of a corpus lie: truth/ in it or beside it; those of the samples otherwise."""
    if corpus is None:
        return Path("tests/golden")
    found = (corpus / "truth", corpus.parent / "truth", corpus.parent.parent / "truth")
    return next((folder for folder in found if folder.is_dir()), Path("tests/golden"))


def _existing(database: str) -> "Engine":
    """A database that is there, to read and to decide in."""
    from pipeline.database import open_database

    return open_database(database, must_exist=True).execution_options(reader=False)
