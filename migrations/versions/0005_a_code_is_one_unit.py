"""On any day a code belongs to one unit.

The rule judges what is written from here on: a ledger that holds a code twice already stays as it is, and `check`
names the units. Rows are never changed in place, so that only what comes has to be looked at.
"""

from ledger_schema import rule_after

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CODE_TAKEN = """NEW.voided_by IS NULL AND NEW.code IS NOT NULL AND EXISTS (
        SELECT 1 FROM unit_version AS other
        WHERE other.code = NEW.code AND other.unit_id <> NEW.unit_id AND other.voided_by IS NULL
          AND coalesce(other.since, '') < coalesce(NEW.until, '9999')
          AND coalesce(NEW.since, '') < coalesce(other.until, '9999'))"""


def upgrade() -> None:
    rule_after(
        "unit_version_code_once_insert", "AFTER INSERT", "unit_version", "one unit to a code on any day", CODE_TAKEN
    )
