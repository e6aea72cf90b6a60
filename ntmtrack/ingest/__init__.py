"""Taking in the tables that offices send: each row weighed against the ledger, then all written or none."""
