"""`check`: what in the ledger cannot be, or must be explained; `commands.check` lists and runs them."""
