"""The schema as the migrations make it, as text: `python -m tests.schema_text` writes ntmtrack/storage/schema.sql."""

import sqlite3
import tempfile
from pathlib import Path

from ntmtrack.storage import guards, migrate

FILE = Path(guards.__file__).with_name("schema.sql")


def made_by_migrations() -> list[guards.SchemaPart]:
    """What a new ledger holds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new.db"
        file.touch()
        migrate.migrate(file)
        connection = sqlite3.connect(file)
        parts = guards.held_parts(connection)
        connection.close()
    kinds = ("table", "index", "trigger")
    made = {part: place for place, part in enumerate(parts)}  # of several triggers the last one made fires first
    return sorted(parts, key=lambda part: (kinds.index(part.kind), made[part] * (part.kind == "trigger"), part.name))


if __name__ == "__main__":
    lines = "".join(part.sql.strip() + guards.BETWEEN for part in made_by_migrations())
    FILE.write_text("\n".join(line.rstrip() for line in lines.split("\n")), encoding="utf-8", newline="\n")
