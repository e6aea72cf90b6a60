"""`python -m ntmtrack`, the same as the command `ntmtrack`."""

from ntmtrack.cli import run

run()
