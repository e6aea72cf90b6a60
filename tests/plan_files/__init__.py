"""Plans as files: TOML and the table."""
