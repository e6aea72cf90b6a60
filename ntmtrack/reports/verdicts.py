"""What holds of a ledger and of a report made from it."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.reports.change_tables import Moved, moved_table
from ntmtrack.reports.values import Cell, Coded, Column, Report, Table


class Verdict(NamedTuple):
    """One thing that was looked at: what was found, and whether it holds; `is_note`: something to know, no fault."""

    key: str
    text: str
    holds: bool
    is_note: bool = False

    @property
    def word(self) -> Coded:
        """The verdict as a word."""
        if not self.holds:
            return Coded("broken", _("does not hold"))
        return Coded("note", _("note")) if self.is_note else Coded("holds", _("holds"))


def verdicts(found: Sequence[Verdict], moved: Sequence[Moved], report: str | None) -> Report:
    """What was looked at, and the figures that moved since the report."""
    columns = [Column("key", _("Looked at")), Column("verdict", _("Verdict")), Column("text", _("Found"))]
    rows: list[list[Cell]] = [[Coded(one.key, _label(one.key)), one.word, one.text] for one in found]
    tables = [Table("verdicts", "", columns, rows), moved_table(moved, _("Figures that moved"))]
    title = _("Verification of {report}").format(report=report) if report else _("Verification of the ledger")
    facts = {"holds": int(all(one.holds for one in found))}
    return Report("verify", title, [table for table in tables if table.rows], facts=facts, data=tables)


def _label(key: str) -> str:
    return {
        "file": _("file"),
        "guards": _("rules"),
        "chain": _("history"),
        "workbook": _("workbook"),
        "origin": _("origin"),
        "cells": _("cells"),
        "known": _("as known"),
        "facts": _("facts"),
        "figures": _("figures"),
        "why": _("since then"),
    }.get(key, key)
