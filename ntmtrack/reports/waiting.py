"""A bar on a terminal while work goes on that takes over a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ntmtrack.text import visible

_SOON = 1.0  # seconds: whoever waits less need not be told


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """A moving bar with `text` and the time that has passed, on stderr, after a second; it leaves no trace."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task(visible(text).replace("[", "\\["), total=None)
    later = Timer(_SOON, progress.start)
    later.daemon = True
    later.start()
    try:
        yield
    finally:
        later.cancel()
        later.join()
        progress.stop()
