"""What an officer does with the ledger: the work of every command, between the command line and the store."""
