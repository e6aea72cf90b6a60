"""A made-up nation to measure on: every real unit up to 30/6/2025, 15.000 random recognitions."""

import random
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ntmtrack.roadmaps.toml import shipped
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.plan_inserts import RoadmapPlace
from ntmtrack.storage.transaction import acting
from ntmtrack.units import gazetteer

RECOGNITIONS = 15_000


def build(file: Path, province: str | None = None) -> None:
    """A ledger of one province, or of all 63, with its share of the recognitions."""
    before = gazetteer.BEFORE_JULY_2025
    names = [province] if province else [unit.code or "" for unit in gazetteer.provinces(before)]
    with acting(file, Ledger.Stamp("benchmark", "benchmark", datetime.now(UTC)), create=True) as ledger:
        for name in names:
            ids = ledger.add_units(gazetteer.province(before, name))
            if province:
                plan = shipped()["kien-giang-kh168"]
                ledger.add_roadmap(plan, RoadmapPlace(ids[plan.scope_code]), {})
        ledger.summary = "made up"
    recognise(file, RECOGNITIONS if not province else RECOGNITIONS * 116 // 7692)


def recognise(file: Path, count: int) -> None:
    """Random recognitions in the order of levels: most communes NTM, some above, decided within two years."""
    chance = random.Random(2026)
    with sqlite3.connect(file) as connection:
        communes = [row[0] for row in connection.execute("SELECT unit_id FROM unit_version WHERE kind = 'xã'")]
        events = []
        years = dict.fromkeys(communes, 2011)
        reaching = communes
        for level, part in (("ntm", 0.95), ("nang-cao", 0.7), ("kieu-mau", 0.5)):
            reaching = chance.sample(reaching, int(len(reaching) * part))
            for unit in reaching[: count - len(events)]:
                year = years[unit] = chance.randint(years[unit], 2024)
                events.append((unit, level, year, date(year, 6, 1) + timedelta(days=chance.randrange(600))))
        for unit, level, year, day in events:
            programme = "2011-2015" if year < 2016 else "2016-2020" if year < 2021 else "2021-2025"
            connection.execute(
                "INSERT INTO recognition (action_id, unit_id, programme, level, year, announced_on, basis, confidence)"
                " VALUES (1, ?, ?, ?, ?, ?, 'recognised', 'recorded')",
                (unit, programme, level, year, day.isoformat()),
            )


def assess(file: Path, half_years: int) -> None:
    """Random assessments of every commune at the end of so many half-years until 2024: up to four of 19 not met."""
    chance = random.Random(18)
    ends = [f"{2024 - place // 2}-{'12-31' if place % 2 == 0 else '06-30'}" for place in range(half_years)]
    with sqlite3.connect(file) as connection:
        communes = [row[0] for row in connection.execute("SELECT unit_id FROM unit_version WHERE kind = 'xã'")]
        for day in ends:
            for unit in communes:
                missing = sorted(chance.sample(range(1, 20), chance.randrange(5)))
                connection.execute(
                    "INSERT INTO assessment (action_id, unit_id, criteria_set, day, met, missing, confidence)"
                    " VALUES (1, ?, '2021-2025/xa-ntm', ?, ?, ?, 'recorded')",
                    (unit, day, 19 - len(missing), " ".join(map(str, missing))),
                )


def journal(ledger: Path, file: Path) -> None:
    """The same events as an hledger journal: one posting a recognition."""
    with sqlite3.connect(ledger) as connection, file.open("w", encoding="utf-8") as out:
        rows = connection.execute("SELECT announced_on, level, unit_id FROM recognition ORDER BY announced_on")
        for day, level, unit in rows:
            out.write(f"{day} recognised {unit}\n    ({level})  1\n\n")
