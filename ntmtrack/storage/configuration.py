"""Alembic's configuration, for a ledger in a file and one on a server alike."""

from alembic.config import Config
from sqlalchemy import Connection, MetaData

from ntmtrack import paths


def configuration(connection: Connection, metadata: MetaData | None = None) -> Config:
    """What migrates through `connection`, and compares what is there with `metadata`, where that is given."""
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config
