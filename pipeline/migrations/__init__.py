"""The history of the schema. Alembic is imported only when a database is not at the newest revision.

A new revision: change `tables.yml`, add `versions/NNNN_what.py`, set `pipeline.schema.HEAD`; tests compare.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from pipeline.across.views import drop_views, make_views


def known_revisions() -> set[str]:
    """The ids of all revisions that this program knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(engine: Engine) -> None:
    """Bring a database to the newest revision, in one transaction; views are made anew at its end."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        drop_views(connection)
        command.upgrade(config, "head")
        make_views(connection)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
