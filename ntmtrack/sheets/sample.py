"""Reads the sample data folder of a province: units, sourced and illustrative recognitions, published figures."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ntmtrack.dates import last_day
from ntmtrack.model import Confidence, Decision, NewUnit, Published, Recognition, Tier
from ntmtrack.programmes import of_year


@dataclass(frozen=True, slots=True)
class Sample:
    """A province ready to be loaded; recognitions by the code of their unit, lower levels first."""

    units: tuple[NewUnit, ...]
    recognitions: tuple[tuple[str, Recognition], ...]
    published: tuple[Published, ...]

    def count(self, *confidences: Confidence) -> int:
        """How many recognitions are of these confidences."""
        return sum(known.confidence in confidences for _code, known in self.recognitions)


def read_sample(folder: Path) -> Sample:
    """The sample in `folder`, e.g. sample_data/kien_giang."""
    files = ("recognitions_sourced.csv", "recognitions_illustrative.csv")
    recognitions = [_recognition(row) for file in files for row in _rows(folder / file)]
    return Sample(
        units=tuple(_units(_rows(folder / "units.csv"))),
        recognitions=tuple(recognitions),
        published=tuple(_published(row) for row in _rows(folder / "published.csv")),
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _units(rows: list[dict[str, str]]) -> Iterator[NewUnit]:
    """Units in the order of the file; rows that share a code are versions of one unit, the oldest first."""
    versions: dict[str, NewUnit] = {}
    for place, row in enumerate(rows):
        new = NewUnit(
            name=row["name"],
            kind=row["kind"],
            tier=Tier(row["tier"]),
            code=row["code"] or None,
            parent_code=row["parent_code"] or None,
            since=row["since"] or None,
            until=row["until"] or None,
            resolution=row["resolution"] or None,
        )
        key = row["code"] or f"row {place}"
        earlier = versions.get(key)
        versions[key] = new._replace(earlier=(*earlier.earlier, earlier._replace(earlier=()))) if earlier else new
    yield from versions.values()


def _recognition(row: dict[str, str]) -> tuple[str, Recognition]:
    year = int(row["year"]) if row["year"] else None
    known_by = row["known_by"] or None
    number, signed_on = row["decision_number"], row["decision_date"] or None
    issuer = _ISSUERS.get(number.rpartition("-")[2]) if number else None
    return row["unit_code"], Recognition(
        level=row["level"],
        programme=of_year(year or last_day(row["known_by"]).year).key,
        year=year,
        known_by=known_by,
        decision=Decision(number, signed_on, issuer) if number else None,
        announced_on=row["announced"] or (None if number else signed_on),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


_ISSUERS = {"TTg": "Thủ tướng Chính phủ", "UBND": "UBND tỉnh Kiên Giang"}


def _published(row: dict[str, str]) -> Published:
    return Published(
        tier=Tier(row["tier"]),
        measure=row["measure"],
        as_of=row["as_of"],
        value=row["value"],
        total=int(row["total"]) if row["total"] else None,
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )
