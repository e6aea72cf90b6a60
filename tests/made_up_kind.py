"""A kind of fact that there is not, added to the catalogue before the program is loaded: what follows it by itself.

Run by `test_facts.py` in a process of its own, in an empty folder.
"""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from ntmtrack.storage import fact_kind, facts, guards

VISIT = fact_kind.declare(
    "visit",
    "unit_id:unit day:day met:number decision_id:decision",
    about="unit_id",
    identity="unit_id day",
    settles="day",
    held_by="undo",
    subject="rà soát {day}",
    parts=("{met} tiêu chí", "{number}"),
)
TABLE = """CREATE TABLE visit (id INTEGER PRIMARY KEY, action_id INTEGER NOT NULL REFERENCES action (id),
    voided_by INTEGER REFERENCES action (id), unit_id INTEGER NOT NULL REFERENCES unit (id), day VARCHAR NOT NULL,
    met INTEGER NOT NULL, decision_id INTEGER REFERENCES decision (id),
    restores_id INTEGER REFERENCES visit (id))"""
parts = (*guards.own_parts(), guards.SchemaPart("table", "visit", "visit", TABLE))
guards.own_parts = lambda: parts  # type: ignore[assignment]
facts.KINDS, facts.TABLES = (*facts.KINDS, VISIT), (*facts.TABLES, "visit")
facts.VOIDABLE = (*facts.VOIDABLE, VISIT)

from ntmtrack.errors import YearClosed  # noqa: E402 - what is loaded from here on knows the kind
from ntmtrack.model import Decision  # noqa: E402
from ntmtrack.storage.chain import fingerprint  # noqa: E402
from ntmtrack.storage.ledger import Ledger  # noqa: E402
from ntmtrack.storage.open import reading_after  # noqa: E402
from ntmtrack.storage.transaction import acting  # noqa: E402
from tests.running import NOW, run  # noqa: E402

FILE = Path("so.db")
LATER = NOW + timedelta(days=2)


def assess(day: str, met: int, file: Path = FILE) -> None:
    """Writes one, resting on a decision of its own."""
    with acting(file, Ledger.Stamp("assess", "canbo", LATER)) as ledger:
        (unit,) = ledger.connection.execute("SELECT unit_id FROM unit_version WHERE name = 'Mỹ Thuận'").fetchone()
        by = ledger.decision_id(Decision("9/BC", None, None))
        ledger.connection.execute(
            "INSERT INTO visit (action_id, unit_id, day, met, decision_id) VALUES (?, ?, ?, ?, ?)",
            (ledger.action_id, unit, day, met, by),
        )
        ledger.summary = "rà soát"


def done(*argv: str) -> str:
    """What a command prints that goes well."""
    result = run(*argv, now=LATER)
    assert result.code == 0, result.both
    return result.both


def standing() -> tuple[int, int, str]:
    """How many stand, with how many decisions, and the fingerprint."""
    with sqlite3.connect(FILE) as connection:
        counts = (
            connection.execute(f"SELECT count(*) FROM {table} WHERE voided_by IS NULL").fetchone()[0]
            for table in ("visit", "decision")
        )
        return (*counts, fingerprint(connection))  # type: ignore[return-value]


def main() -> None:
    """All that is said to follow."""
    done("add-district", "Hòn Đất")
    done("add-commune", "Mỹ Thuận", "--district", "Hòn Đất")
    done("backup", "truoc.db")
    before = standing()
    assess("2024-05", 15)
    written = standing()
    assert written[:2] == (1, 1)
    assert written[2] != before[2]
    assert "rà soát 05/2024" in done("history", "3")
    assert "15 tiêu chí; 9/BC" in done("history", "3")
    assert "rà soát" in done("history", "Mỹ Thuận")
    assert "rà soát" in done("undo", "--yes")
    assert standing() == before
    done("redo", "--yes")
    assert standing() == written
    with reading_after(FILE, 4) as then:
        assert then.execute("SELECT count(*) FROM visit WHERE voided_by IS NULL").fetchone() == (0,)
    changes = json.loads(done("diff", "--from", "truoc.db", "-f", "json"))["changes"]
    assert [change["unit"] for change in changes][-1:] == ["xã Mỹ Thuận (huyện Hòn Đất)"], changes
    for argv in (("dump", "so.jsonl"), ("load", "so.jsonl", "--db", "lai.db"), ("dump", "lai.jsonl", "--db", "lai.db")):
        done(*argv)
    assert Path("so.jsonl").read_bytes() == Path("lai.jsonl").read_bytes()
    assert '"table": "visit"' in Path("so.jsonl").read_text(encoding="utf-8")
    done("undo", "--yes")
    assess("2024-05", 16)
    assert run("redo", "3", "--yes", now=LATER).code == 1  # told anew since
    done("close-year", "2024")
    with pytest.raises(YearClosed, match="Mỹ Thuận"):
        assess("2024-06", 17)
    assess("2025-06", 17)
    done("verify")
    for argv in (("add-district", "Gò Quao"), ("add-commune", "Mỹ Thuận", "--district", "Gò Quao")):
        done(*argv, "--db", "khac.db")
    assess("2025-07", 12, Path("khac.db"))
    before = standing()
    done("join", "khac.db", "--reopen", "gộp")
    assert (standing()[0], standing()[1]) == (before[0] + 1, before[1])  # the decision is one, word for word
    assert "12 tiêu chí; 9/BC" in done("history", "-n", "1", "--full")
    done("verify")
    done("undo", "--yes", "--reopen", "gộp")
    assert standing() == before
    with sqlite3.connect(FILE) as connection:
        connection.execute("UPDATE visit SET met = 19")
    assert run("verify", now=LATER).code == 3


if __name__ == "__main__":
    main()
