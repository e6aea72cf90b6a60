"""A bar on a terminal while work goes on that takes over a second."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ntmtrack.printing import visible


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """A moving bar with `text` and the time that has passed, on stderr; it leaves no trace."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(visible(text).replace("[", "\\["), total=None)
        yield
