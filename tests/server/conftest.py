"""What tests of a server begin with: see `tests.postgresql`."""

from tests.postgresql import cluster, database, template

__all__ = ["cluster", "database", "template"]
