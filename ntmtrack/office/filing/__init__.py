"""`export`: what an office files, sheet by sheet."""
