"""The ledger file: writes through SQLModel in `ledger`, reads as plain SQL in `queries`."""
