"""Measures commands on a PostgreSQL server against the same on a file, as ratios in one run; see README.md.

The server is one of its own on this computer, and as careful with its disk as any.
"""

import compileall
import itertools
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import office_table  # noqa: E402
import psycopg  # noqa: E402
from nation import build  # noqa: E402
from run import NTMTRACK, Command, compare, on_copy, unrecognised  # noqa: E402

from ntmtrack.storage.address import ServerAddress  # noqa: E402
from ntmtrack.storage.server.content import fill  # noqa: E402
from tests.postgresql import Cluster, made_ledger, started  # noqa: E402

_PLACES = itertools.count(1)


def main() -> None:
    compileall.compile_dir(HERE.parent / "ntmtrack", quiet=1)
    with tempfile.TemporaryDirectory() as folder, started(None) as cluster:
        here = Path(folder)
        province, nation = here / "province.db", here / "nation.db"
        build(province, "Kiên Giang")
        build(nation)
        for name, file in (("province", province), ("nation", nation)):
            compare(f"progress, {name}: server / file", 1.5, progress(put(cluster, file)), progress(str(file)))
        compare(
            "record: server / file", None, record(put(cluster, province), province), record(str(province), province)
        )
        import_bar(cluster, nation, here)


def progress(ledger: str) -> Command:
    return lambda: [NTMTRACK, "progress", "--year", "2024", "--db", ledger]


def record(ledger: str, province: Path) -> Command:
    with closing(sqlite3.connect(province)) as connection:
        free = connection.execute(
            "SELECT code FROM unit_version WHERE kind = 'xã' AND unit_id NOT IN"
            " (SELECT unit_id FROM recognition WHERE level = 'kieu-mau') ORDER BY code"
        )
        codes = iter([row[0] for row in free])
    return lambda: [NTMTRACK, "record", next(codes), "--level", "kieu-mau", "--year", "2025", "--db", ledger]


def import_bar(cluster: Cluster, nation: Path, here: Path) -> None:
    """10.000 rows of .xlsx into the nation's ledger, in which nothing is recognised yet."""
    bare, table, target = here / "bare.db", here / "table.xlsx", here / "import.db"
    unrecognised(nation, bare)
    office_table.write(bare, table)
    rounds = 3
    there = iter([put(cluster, bare) for _ in range(rounds + 1)])
    compare(
        "import of 10.000 rows: server / file",
        2.0,
        lambda: [NTMTRACK, "import", str(table), "--db", next(there)],
        on_copy(bare, target, NTMTRACK, "import", str(table), "--db", str(target)),
        rounds=rounds,
    )


def put(cluster: Cluster, file: Path) -> str:
    """The address of a new database with all that a file holds."""
    address = cluster.address(made_ledger(cluster, f"place_{next(_PLACES)}"))
    with closing(sqlite3.connect(file)) as source:
        fill(ServerAddress(address), source, keep=True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return address


if __name__ == "__main__":
    main()
