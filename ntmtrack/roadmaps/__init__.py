"""Roadmaps as files: the plans that ship with the program, the strict reader and the writer, the linter."""
