"""Importing this module declares every command, in the order in which the help lists them."""

from ntmtrack.cli import setup, units, recognitions, asking, roadmaps, export, ledger  # noqa: F401, I001
