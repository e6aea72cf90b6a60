"""The ledger on a PostgreSQL server: the same SQL put into its dialect, its schema, its roles."""
