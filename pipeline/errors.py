"""Errors that end a command with one clear line, and the exit codes of `jixiao`.

    JixiaoError                 exit 2 unless a subclass says otherwise; never a traceback
    ├── UnusableArguments       what was named on the command line cannot be used
    │   ├── NothingToRead       a path is missing, or no PDF lies under it
    │   └── UnusableOutput      the folder of an export cannot be written
    ├── DatabaseUnusable        unknown URL, missing driver, unwritable, locked, foreign or newer database
    └── NotSettled              exit 1; the files are loaded, what is made from all of them together is not

A file that cannot be read is no exception: it becomes a `DocumentRecord` with status failed and a reason,
and the batch goes on. Anything else that rises is a bug and shows its traceback.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell gets. 2 is also what click gives for wrong usage."""

    LOADED = 0
    INCOMPLETE = 1
    UNUSABLE = 2


class JixiaoError(Exception):
    """An error whose message is one line for people: what, why, what to do."""

    exit_code = ExitCode.UNUSABLE


class UnusableArguments(JixiaoError):
    """Something named on the command line cannot be used."""


class NothingToRead(UnusableArguments):
    """A path does not exist, or no PDF lies under it."""


class UnusableOutput(UnusableArguments):
    """The place where results should go cannot be written."""


class DatabaseUnusable(JixiaoError):
    """The database cannot be opened, made, upgraded or written."""


class NotSettled(JixiaoError):
    """What is made from all documents together could not be made; the documents' own rows are not touched."""

    exit_code = ExitCode.INCOMPLETE
