"""`Session`: one call of the program. Beside it, the work of each command in a file called as its user calls it."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack import paths
from ntmtrack.errors import OutputLost
from ntmtrack.i18n import _
from ntmtrack.streams import listen, tell
from ntmtrack.text import clean, stated, visible

if TYPE_CHECKING:
    from ntmtrack.commands.announcement import Announcement
    from ntmtrack.dialogue import Offer
    from ntmtrack.reports import Report
    from ntmtrack.storage.address import Place
    from ntmtrack.storage.dialect import Connection
    from ntmtrack.storage.ledger import Ledger


@dataclass
class Session:
    """One call of the program. The clock and the user's name are read here and nowhere else."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    user: str | None = None
    db: str | None = None
    lang: str | None = None
    debug: bool = False
    as_known: date | None = None
    reopen: str | None = None
    trust_clock: bool = False
    as_proposal: bool = False
    force: bool = False
    known_action: int | None = None
    has_written: bool = False
    is_trial: bool = False  # what is to be written is shown first, and asked about
    said_on_trial: set[str] = field(default_factory=set)
    done: list[int] = field(default_factory=list)  # the actions that this call did
    wanted: frozenset[str] = frozenset()  # parameters that are asked for though the command does without
    tells_line: bool = False  # whether the command line is told when it has run
    is_of_menu: bool = False  # opened by a choice of the menu, whose user picks and types no options
    is_part_told: bool = False  # that of a ledger on a server a part alone is shown
    has_undone: bool = False  # whether what was done last took an action back
    settled: list[str] = field(default_factory=list)  # options that say what a person answered to the command itself

    def __post_init__(self) -> None:
        listen(self.say)

    @property
    def today(self) -> date:
        """Today on this computer's calendar."""
        return self.now.astimezone().date()

    @property
    def who(self) -> str:
        """Who writes: NTMTRACK_USER, else the name of the system's user."""
        import getpass

        try:
            return clean(self.user or os.environ.get("NTMTRACK_USER") or getpass.getuser()) or "?"
        except (KeyError, OSError, ImportError):  # no such user; no pwd module on Windows
            return "?"

    @property
    def file(self) -> "Place":
        """The ledger that this call works on; raises PasswordInAddress."""
        from ntmtrack.storage.address import server_address

        return server_address(self.db or os.environ.get(paths.ENVIRONMENT, "")) or paths.ledger_file(self.db)

    def file_alone(self, command: str) -> Path:
        """The ledger as a file, for a command that has to do with files; raises NotOnServer, NotRestoredOnServer."""
        from ntmtrack.errors import NotOnServer, NotRestoredOnServer

        file = self.file
        if not isinstance(file, Path):
            if command == "restore":
                raise NotRestoredOnServer(file=file)
            raise NotOnServer(file=file, command=command)
        return file

    @contextmanager
    def reading(self, *, as_known: bool = True) -> Iterator["Connection"]:
        """The ledger, opened for reading; with --as-known, unless told otherwise, as it was known then.

        Raises NoDatabase, NotKnownYet, KnownOnlyToday.
        """
        from ntmtrack.storage.open import reading

        prepare = self._look_back if self.as_known and as_known else None
        with reading(self.file, prepare, self._say_lent) as connection:
            if not isinstance(self.file, Path):
                self._say_part(connection)
            yield connection

    @contextmanager
    def maybe_reading(self) -> Iterator["Connection | None"]:
        """The ledger where there is one; None where not. Raises what `reading` does."""
        from ntmtrack.storage.connection import exists

        if not exists(self.file):
            yield None
            return
        with self.reading() as connection:
            yield connection

    def _say_lent(self, revision: str, why: str) -> None:
        text = _(
            "Note: {file} is of an earlier schema ({revision}) and cannot be upgraded: {reason}. It is read by way of a"
            " temporary copy."
        )
        self.say(text.format(file=self.file, revision=revision, reason=why))

    def _say_part(self, connection: "Connection") -> None:
        """Says once of which units alone the ledger on a server is shown to whoever signs in."""
        from ntmtrack.storage.queries.facts import scopes_shown

        if self.is_part_told or not (shown := scopes_shown(connection)):
            return
        self.is_part_told = True
        self.say(_("Note: you see what is about {units} alone.").format(units="; ".join(shown.values())))

    @property
    def known(self) -> tuple[date, int] | None:
        """The day as of whose end the ledger's knowledge is shown, and its last action then; None for today's."""
        return None if self.as_known is None or self.known_action is None else (self.as_known, self.known_action)

    def _look_back(self, connection: "Connection") -> None:
        from ntmtrack.storage.open import look_back

        assert self.as_known is not None
        self.known_action = look_back(connection, self.as_known, self.today)

    @contextmanager
    def acting(self, verb: str, *, create: bool = False, dry_run: bool = False) -> Iterator["Ledger"]:
        """The ledger, opened for one action; afterwards says in one line what was done and how to look at it."""
        from ntmtrack.commands.announcement import Announcement
        from ntmtrack.storage.connection import exists
        from ntmtrack.storage.transaction import acting

        file = self.file
        made = None if exists(file) else file
        with ExitStack() as until_told:
            with acting(file, self.stamp(verb), create=create, dry_run=dry_run) as ledger:
                yield ledger
                until_told.enter_context(uninterrupted())
                told = Announcement(ledger)
            if dry_run:
                self.say(told.would_be(is_trial=self.is_trial))
                return
            self._say_done(told, made)

    def _say_done(self, told: "Announcement", made: "Place | None") -> None:
        """What an action did, how to look at it or take it back, and which ledger was made for it."""
        self.has_written, self.has_undone = True, told.was_undo
        self.done += told.actions
        self.say(told.line())
        if made:
            self.say(_("Made a new ledger: {file}").format(file=made))
            if paths.on_shared_folder(made):
                self.say(_("Warning: it lies in a synchronised or network folder, where a ledger can be damaged."))

    def stamp(self, verb: str) -> "Ledger.Stamp":
        """What an action of this call is marked with."""
        from ntmtrack.storage.ledger import Ledger

        reopen = stated(self.reopen)
        return Ledger.Stamp(verb, self.who, self.now, reopen, self.trust_clock, self.as_proposal)

    @property
    def can_ask(self) -> bool:
        """Whether somebody sits at a terminal who can answer."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str) -> bool:
        """Whether the person says yes; no by itself."""
        choices = _("[y/N]")
        text = visible(f"{question} {choices}")
        tell(f"{_wrapped(text) if sys.stderr.isatty() else text} ", end="")
        answer = sys.stdin.readline().strip().casefold()
        return answer in ("y", "yes", "c", "có", "co", "ok")

    def ask_text(self, question: str, usual: str = "", *, offers: "Sequence[Offer]" = (), is_path: bool = False) -> str:
        """What the person types; what is `usual`, which is shown, for Enter alone. Raises EOFError at the end."""
        from ntmtrack import dialogue

        if dialogue.has_console():
            return clean(dialogue.read_text(f"{question}:", usual, offers, is_path=is_path))
        tell(visible(f"{question} [{usual}]: " if usual else f"{question}: "), end="")
        typed = sys.stdin.readline()
        if not typed:
            raise EOFError
        return clean(typed) or usual

    def choose(self, question: str, choices: Sequence[str], *, none: str = "") -> int | None:
        """Which of several, counted from 0, the person names; None for none of them, which is called `none`."""
        from ntmtrack import dialogue

        if dialogue.has_console():
            chosen = dialogue.choose(question, [*choices, none or _("none of these")])
            return chosen if chosen < len(choices) else None
        self.say(question)
        for place, text in enumerate(choices, start=1):
            self.say(f"  {place}. {text}")
        print(visible(_("Number, or Enter for none:") + " "), end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline().strip()
        is_one = answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(choices)
        return int(answer) - 1 if is_one else None

    @contextmanager
    def waiting(self, text: str, *, wanted: bool) -> Iterator[None]:
        """Shows on a terminal that work which takes over a second goes on."""
        if not (wanted and sys.stderr.isatty()):
            yield
            return
        from ntmtrack.reports.terminal import waiting

        with waiting(text):
            yield

    def say(self, text: str) -> None:
        """A message to the person: on stderr, so that data on stdout stays clean; once, if a trial said it."""
        if text in self.said_on_trial:
            return
        if self.is_trial:
            self.said_on_trial.add(text)
        tell(_wrapped(visible(text)) if sys.stderr.isatty() else visible(text))

    def show(self, report: "Report", wanted: str | None, output: Path | None = None) -> None:
        """`report` on stdout, or in the file `output`, in the format `wanted`; its heading says as known when.

        Raises OutputLost, but not of what was written already.
        """
        from ntmtrack.reports.show import show

        if self.known:
            from ntmtrack.reports.labels import known_until

            report = known_until(report, *self.known)
        if self.is_of_menu and report.brief:  # whose other parts are seen by options
            report = report._replace(brief=report.brief._replace(more=""))
        try:
            show(report, wanted, output)
        except OutputLost as lost:
            if not self.has_written:
                raise
            self.say(lost.lines()[0])
        if output is not None:
            self.say_written(output)

    def say_written(self, file: Path) -> None:
        """That a file was written."""
        self.say(_("Wrote {file}.").format(file=file))


def _wrapped(text: str) -> str:
    """A message in lines that the terminal need not break; nothing of it is lost."""
    import shutil
    import textwrap

    columns = shutil.get_terminal_size().columns
    return textwrap.fill(text, max(columns, _NARROW), break_long_words=False, break_on_hyphens=False)


_NARROW = 40


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A block that Ctrl-C does not stop, so that whoever is told that nothing was written can rely on it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
