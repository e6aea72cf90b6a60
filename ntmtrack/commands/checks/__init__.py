"""`check`: what in the ledger cannot be, or must be explained; one module a kind of fact, `running` runs them."""
