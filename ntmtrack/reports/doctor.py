"""What was checked, what was found, whether it is as it should be."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.i18n import N_, _, number
from ntmtrack.reports import Column, LabelledCode, Report, Table
from ntmtrack.reports.ledger import MovedFigure, moved_table


class Verdict(StrEnum):
    """What a finding means: a problem stops work or endangers the ledger, a warning may, a note says only how it is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    NOTE = "note"

    @property
    def cell(self) -> LabelledCode:
        """The verdict as a word."""
        return LabelledCode(self.value, _(_WORDS[self]))


_WORDS = {
    Verdict.OK: N_("ok"),
    Verdict.WARNING: N_("warning"),
    Verdict.PROBLEM: N_("problem"),
    Verdict.NOTE: N_("for information"),
}


_WHAT = {
    "server": N_("Server"),
    "postgresql": "PostgreSQL",
    "order": N_("How the database keeps and sorts texts"),
    "encrypted": N_("Connection encrypted"),
    "right": N_("What you may do"),
    "rules": N_("Tables, rules and rights"),
    "clock_there": N_("Clock against the server’s"),
    "file": N_("Ledger file"),
    "kind": N_("Kind of file"),
    "schema": N_("Schema"),
    "guards": N_("Tables and rules of the file"),
    "integrity": N_("Pages of the file (integrity_check)"),
    "references": N_("References between rows (foreign keys)"),
    "chain": N_("Chain of hashes"),
    "clock": N_("Clock against the last action"),
    "size": N_("Size"),
    "journal": N_("Unfinished write beside it (-journal)"),
    "writable": N_("Can be written"),
    "permissions": N_("Who may read it"),
    "shared": N_("Network or synchronised folder"),
    "free": N_("Free space on the disk"),
    "copies": N_("Copies made by themselves"),
    "python": "Python",
    "sqlite": "SQLite",
    "platform": N_("System"),
    "locale": N_("Language of the system · of the program"),
    "letters": N_("Letters of the output"),
    "terminal": N_("Terminal"),
    "variables": N_("Variables that are set"),
}


class Diagnosis(NamedTuple):
    """One check by its stable name: what was found, what it means."""

    key: str
    found: str
    verdict: Verdict = Verdict.NOTE

    @property
    def what(self) -> str:
        """What was checked; a library has its own name."""
        return _(_WHAT.get(self.key, self.key.removeprefix("library.")))


def diagnose(key: str, fault: str, good: str, verdict: Verdict = Verdict.PROBLEM) -> Diagnosis:
    """The diagnosis of one check: the `fault` with its `verdict`, or where there is none that all is `good`."""
    return Diagnosis(key, fault or good, verdict if fault else Verdict.OK)


def checkup_report(findings: Sequence[Diagnosis], *, with_paths: bool = False) -> Report:
    """The checks as a table, with how many problems and warnings; `with_paths` it may name people."""
    columns: list[Column[Diagnosis]] = [
        Column("check", _("Checked"), of=lambda finding: LabelledCode(finding.key, finding.what)),
        Column("found", _("Found"), of=lambda finding: finding.found),
        Column("verdict", _("Verdict"), of=lambda finding: finding.verdict.cell),
    ]
    counts = {kind: sum(finding.verdict is kind for finding in findings) for kind in (Verdict.PROBLEM, Verdict.WARNING)}
    counted = _("Problems: {problems} · warnings: {warnings}").format(
        problems=number(counts[Verdict.PROBLEM]), warnings=number(counts[Verdict.WARNING])
    )
    facts: dict[str, str | int | None] = {"problems": counts[Verdict.PROBLEM], "warnings": counts[Verdict.WARNING]}
    if with_paths:
        sending = _("Paths may name people and offices: look through them before this is sent.")
    else:
        sending = _("No names of people or units are shown: this can be sent to whoever helps.")
    notes = [counted, sending]
    is_of_file = all(finding.key != "server" for finding in findings)
    if is_of_file and any(
        finding.verdict is Verdict.PROBLEM and finding.key != "guards" for finding in findings
    ):  # those say what to do
        notes.insert(1, _("Keep the file as it is and go back to a copy: ntmtrack restore COPY"))
    title = _("Check of the ledger and of this computer")
    return Report("doctor", title, [Table.of("checks", title, findings, columns)], notes=notes, facts=facts)


class Verification(NamedTuple):
    """One thing that was looked at: what was found, and whether it holds; `is_note`: something to know, no fault."""

    key: str
    text: str
    holds: bool
    is_note: bool = False

    @property
    def word(self) -> LabelledCode:
        """The verdict as a word."""
        if not self.holds:
            return LabelledCode("broken", _("does not hold"))
        return LabelledCode("note", _("note")) if self.is_note else LabelledCode("holds", _("holds"))


def verification_report(checks: Sequence[Verification], moved: Sequence[MovedFigure], report: str | None) -> Report:
    """What was looked at, and the figures that moved since the report."""
    columns: list[Column[Verification]] = [
        Column("key", _("Looked at"), of=lambda check: LabelledCode(check.key, _label(check.key))),
        Column("verdict", _("Verdict"), of=lambda check: check.word),
        Column("text", _("Found"), of=lambda check: check.text),
    ]
    tables = [Table.of("verdicts", "", checks, columns), moved_table(moved, _("Figures that moved"))]
    title = _("Verification of {report}").format(report=report) if report else _("Verification of the ledger")
    facts = {"holds": int(all(check.holds for check in checks))}
    return Report("verify", title, [table for table in tables if table.rows], facts=facts, data=tables)


def _label(key: str) -> str:
    return {
        "file": _("file"),
        "guards": _("rules"),
        "chain": _("history"),
        "workbook": _("the file"),
        "origin": _("origin"),
        "cells": _("its content"),
        "known": _("as known"),
        "facts": _("facts"),
        "figures": _("figures"),
        "why": _("since then"),
    }.get(key, key)
