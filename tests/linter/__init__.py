"""The linter: each check has a case that fires and a near one that is silent."""
