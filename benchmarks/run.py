"""Measures the bars as ratios in one run; see README.md beside this file."""

import compileall
import contextlib
import itertools
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import assessment_table
import office_table
from nation import assess, build, journal

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
NTMTRACK = str(BIN / "ntmtrack")
ROUNDS = 21
Command = Callable[[], list[str]]

COUNTS = """
    SELECT v.tier, count(*), sum(coalesce(s.rank, 0) >= 1), sum(coalesce(s.rank, 0) >= 2), sum(coalesce(s.rank, 0) >= 3)
    FROM unit_version AS v LEFT JOIN (
        SELECT unit_id, max(CASE level WHEN 'ntm' THEN 1 WHEN 'nang-cao' THEN 2 ELSE 3 END) AS rank
        FROM recognition WHERE voided_by IS NULL AND year <= 2024 GROUP BY unit_id) AS s ON s.unit_id = v.unit_id
    WHERE v.voided_by IS NULL AND v.kind IN ('xã', 'huyện', 'thị xã', 'thành phố') AND v.tier <> 'province'
    GROUP BY v.tier
"""
# The nation had 7.692 communes; wards counted as communes make it 10.000.
WARDS_AS_COMMUNES = """
    UPDATE unit_version SET kind = 'xã' WHERE id IN (
        SELECT id FROM unit_version WHERE tier = 'commune' AND kind <> 'xã' ORDER BY id
        LIMIT 10000 - (SELECT count(*) FROM unit_version WHERE kind = 'xã'))
"""


def main() -> None:
    # As an installed program is: stale bytecode costs a third.
    compileall.compile_dir(HERE.parent / "ntmtrack", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        province, nation = here / "province.db", here / "nation.db"
        build(province, "Kiên Giang")
        build(nation)
        help_bars()
        progress_bars(province, nation, here)
        record_bar(province)
        import_bars(nation, here)
        export_bar(nation, here)
        rearrange_bars(province, nation, here)
        criteria_bars(province, nation, here)
        assessment_bar(province, here)


def help_bars() -> None:
    bare = [sys.executable, str(HERE / "bare.py"), "--help"]
    completing = {"_NTMTRACK_COMPLETE": "complete_bash", "COMP_WORDS": "ntmtrack rec", "COMP_CWORD": "1"}
    for name, ours, environment in (
        ("--help", [NTMTRACK, "--help"], {}),
        ("progress --help", [NTMTRACK, "progress", "--help"], {}),
        ("--version", [NTMTRACK, "--version"], {}),
        ("completion", [NTMTRACK], completing),
    ):
        compare(f"{name} / bare Typer --help (rich)", 1.3, lambda o=ours: o, lambda: bare, environment)
        compare(f"{name} / bare Typer --help (plain)", None, lambda o=ours: o, lambda: [*bare, "--plain"], environment)


def progress_bars(province: Path, nation: Path, here: Path) -> None:
    def progress(file: Path, *more: str) -> Command:
        return lambda: [NTMTRACK, "progress", "--year", "2024", "--db", str(file), *more]

    utils = shutil.which("sqlite-utils", path=str(BIN))
    if utils:
        query = [utils, "query", str(province), COUNTS]
        compare("progress, province / sqlite-utils query", 1.0, progress(province), lambda: query)
        compare(
            "progress as a table / sqlite-utils query", None, progress(province, "--format", "table"), lambda: query
        )
    else:
        print("sqlite-utils is not installed: left out")
    compare("progress, nation / province", 1.5, progress(nation), progress(province))
    if shutil.which("hledger"):
        journal(nation, here / "nation.journal")
        balance = ["hledger", "-f", str(here / "nation.journal"), "balance", "-Y", "--historical"]
        compare("progress, nation / hledger balance", 0.4, progress(nation), lambda: balance)
    else:
        print("hledger is not installed: left out")


def record_bar(province: Path) -> None:
    with sqlite3.connect(province) as connection:
        free = connection.execute(
            "SELECT code FROM unit_version WHERE kind = 'xã' AND unit_id NOT IN"
            " (SELECT unit_id FROM recognition WHERE level = 'kieu-mau') ORDER BY code"
        )
        codes = itertools.cycle([row[0] for row in free])
    compare(
        "record / import typer, sqlmodel",
        1.3,
        lambda: [NTMTRACK, "record", next(codes), "--level", "kieu-mau", "--year", "2025", "--db", str(province)],
        lambda: [sys.executable, "-c", "import typer, sqlmodel"],
    )


def import_bars(nation: Path, here: Path) -> None:
    """10.000 rows of .xlsx into the nation's ledger, in which nothing is recognised yet."""
    bare, table, target = here / "bare.db", here / "table.xlsx", here / "import.db"
    unrecognised(nation, bare)
    office_table.write(bare, table)
    ours = on_copy(bare, target, NTMTRACK, "import", str(table), "--db", str(target))
    least = on_copy(bare, target, sys.executable, str(HERE / "office_table.py"), str(table), str(target))
    compare("import of 10.000 rows / openpyxl pass + insert", 2.0, ours, least, rounds=5)
    print(f"memory of the import: {peak(ours())} MB  (bar 300)")
    few, many = (matching(nation, count) for count in (1_000, 10_000))
    print(f"matching 10.000 names / 1.000 names: {many / few:.1f}  (in proportion 10, as the product 100)", flush=True)


def export_bar(nation: Path, here: Path) -> None:
    """What is signed of 10.000 communes, and the whole workbook, against the cells alone."""
    ledger, report, cells, least = here / "10000.db", here / "report.xlsx", here / "cells", here / "least.xlsx"
    shutil.copy(nation, ledger)
    with sqlite3.connect(ledger) as connection:
        connection.execute("DROP TRIGGER unit_version_never_changed")
        connection.execute(WARDS_AS_COMMUNES)
    script = [sys.executable, str(HERE / "report_cells.py")]
    bare = [*script, "write", str(cells), str(least)]
    for what, sheets in (("what is signed", []), ("all sheets", ["--sheets", "all"])):
        ours = [NTMTRACK, "export", str(report), "--year", "2024", "--db", str(ledger), *sheets]
        for command in (ours, [*script, "take", str(report), str(cells)]):
            subprocess.run(command, check=True, capture_output=True)
        compare(f"export of 10.000 communes, {what} / XlsxWriter alone", 1.5, lambda o=ours: o, lambda: bare, rounds=9)
        print(f"memory of the export, {what}: {peak(ours)} MB  (bar 150)", flush=True)
    page = here / "report.html"
    to_page = [NTMTRACK, "export", str(page), "--year", "2024", "--db", str(ledger)]
    compare("page of 10.000 communes / their workbook", 1.0, lambda: to_page, lambda: ours, rounds=3)
    print(f"page of 10.000 communes: {page.stat().st_size / 1_000_000:.1f} MB  (bar 3)", flush=True)


def rearrange_bars(province: Path, nation: Path, here: Path) -> None:
    """Kiên Giang carried over 1/7/2025 (143 old units), against a table of its 116 communes twice; then the nation."""
    bare, table, target = here / "bare-province.db", here / "province.xlsx", here / "carried.db"
    unrecognised(province, bare)
    office_table.write(bare, table)
    national = (NTMTRACK, "rearrange", "--national", "--yes", "--db", str(target))
    ours = on_copy(bare, target, *national)
    least = on_copy(bare, target, NTMTRACK, "import", str(table), "--db", str(target))
    compare("rearrange --national, province / import of 232 rows", 2.0, ours, least, rounds=9)
    whole = on_copy(nation, target, *national)
    print(f"rearrange --national, nation: {seconds(whole(), None):.1f} s  (bar 60)")
    print(f"memory of it: {peak(whole())} MB  (bar 400)", flush=True)


def criteria_bars(province: Path, nation: Path, here: Path) -> None:
    """116 communes at six half-years, 7.692 at one, and the plan that asks about criteria."""

    def of(command: str, file: Path) -> Command:
        return lambda: [NTMTRACK, command, "--year", "2024", "--db", str(file)]

    for name, ledger, days, most in (("province", province, 6, 1.5), ("nation", nation, 1, 2.0)):
        planned, assessed = here / f"planned-{name}.db", here / f"assessed-{name}.db"
        shutil.copy(ledger, planned)
        to_plan = [NTMTRACK, "roadmap", "import", "quoc-gia-2021-2025", "--db", str(planned)]
        subprocess.run(to_plan, check=True, capture_output=True)
        shutil.copy(planned, assessed)
        assess(assessed, days)
        for command in ("progress", "criteria-gap", "bands"):
            what = f"{command}, {name} assessed / progress without"
            bar = most if name == "province" or command == "progress" else None  # the others name units by thousands
            compare(what, bar, of(command, assessed), of("progress", planned), rounds=9)
    print(f"memory of progress, nation assessed: {peak(of('progress', assessed)())} MB  (bar 300)", flush=True)


def assessment_bar(province: Path, here: Path) -> None:
    """116 communes × 19 criteria × 6 half-years, read and held against the set and the counts."""
    table, target = here / "assessments.xlsx", here / "with-assessments.db"
    assessment_table.write(province, table, half_years=6)
    ours = on_copy(province, target, NTMTRACK, "import", str(table), "--all-sheets", "--yes", "--db", str(target))
    least = on_copy(province, target, sys.executable, str(HERE / "assessment_table.py"), str(table), str(target))
    compare("import of 696 assessments / openpyxl pass + insert", 2.0, ours, least, rounds=7)


def unrecognised(ledger: Path, copy: Path) -> None:
    """Makes a copy of a ledger in which nothing is recognised."""
    shutil.copy(ledger, copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE recognition SET voided_by = 1")


def on_copy(ledger: Path, target: Path, *command: str) -> Command:
    """The command, run each time on a fresh copy."""
    return lambda: (shutil.copy(ledger, target), [*command])[1]


def peak(command: list[str]) -> int:
    """The most memory that a command held, in MB."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True, check=True);"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000)"
    return int(subprocess.run([sys.executable, "-c", code, *command], capture_output=True, check=True).stdout)


def matching(ledger: Path, count: int) -> float:
    """Seconds to find `count` units by name among as many units, in this process."""
    from ntmtrack.errors import NtmError
    from ntmtrack.storage.queries.units import Register, every_version
    from ntmtrack.units.finder import find

    with sqlite3.connect(ledger) as connection:
        versions = every_version(connection)[:count]
    start = time.perf_counter()
    register = Register(versions)
    for version in versions:
        with contextlib.suppress(NtmError):  # several of that name
            find(register, version.title)
    return time.perf_counter() - start


def compare(
    name: str,
    bar: float | None,
    ours: Command,
    theirs: Command,
    environment: dict[str, str] | None = None,
    rounds: int = ROUNDS,
) -> None:
    """Runs both in turns and prints the ratio of the medians."""
    runs: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        runs[0].append(seconds(ours(), environment))
        runs[1].append(seconds(theirs(), None))
    mine, other = (statistics.median(times[1:]) for times in runs)
    verdict = "" if bar is None else f"  (bar {bar})"
    print(f"{name:<48} {mine * 1000:7.1f} ms / {other * 1000:7.1f} ms = {mine / other:.2f}{verdict}", flush=True)


def seconds(command: list[str], environment: dict[str, str] | None) -> float:
    """The wall time of one run; a failure ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, env={**os.environ, **(environment or {})}, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command}: {done.stderr.decode()}")
    return took


if __name__ == "__main__":
    main()
