"""What a ledger lacks for a verdict on a line."""

from enum import StrEnum
from typing import NamedTuple

from ntmtrack.roadmaps import LineKey


class Missing(StrEnum):
    """What a ledger lacks for a verdict, the most first."""

    UNITS = "units"  # it holds but a part of the province's communes, which was made of several provinces
    SHOWN = "shown"  # whoever reads it is shown but a part of the units
    TIER = "tier"  # it holds no recognition of the tier
    NOTHING = "nothing"  # none within the scope
    YEAR = "year"  # nothing of the year, nor of a later one
    BEFORE = "before"  # nothing from before the plan, which does not say what it began with
    START = "start"  # fewer than the plan began with
    DAYS = "days"  # days of decisions, where recognitions count from them
    ASSESSMENTS = "assessments"  # some units were not assessed
    ASSESSED_EARLIER = "assessed earlier"  # some were assessed last in an earlier year
    ASSESSED_BEFORE = "assessed before"  # some were not when the plan began
    VILLAGES = "villages"  # communes whose villages are not on record
    MARKS = "marks"  # no commune is marked as one in special difficulty
    VALUE = "value"  # the last value is of an earlier year
    SET = "set"  # the plan began with units that its period's set cannot have had yet


class MissingData(NamedTuple):
    """What is missing, of which line; `year` is the first or last on record of its tier, of a start the base year.

    Of units, `held` is how many the ledger holds of the `asked` that there are; of assessments how many were made. Of
    days, `asked` is how many recognitions of the scope lack theirs, and are left out.
    """

    missing: Missing
    line: LineKey
    year: int = 0
    held: int = 0
    asked: int = 0
