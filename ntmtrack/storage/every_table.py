"""The whole schema as SQLModel classes; everyday writes load the tables alone that they need."""

from ntmtrack.storage import criteria_tables, emulation_tables, plan_tables
from ntmtrack.storage.tables import METADATA

__all__ = ["METADATA", "criteria_tables", "emulation_tables", "plan_tables"]
