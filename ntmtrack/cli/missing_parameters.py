"""What a command line lacks, asked for at a terminal by what its parameters tell of themselves; told where none is."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click
from click.core import ParameterSource

from ntmtrack.cli.judgement import judge
from ntmtrack.cli.known_levels import say_recorded
from ntmtrack.errors import DidYouMean, NtmError, TooLittleTold
from ntmtrack.i18n import _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ntmtrack.commands import Session
    from ntmtrack.dialogue import Offer

_FEW = 9  # offers that are chosen from; of more, one is typed
# What holds of an answer that is typed: “, as you would write it: ntm …”, “ (Enter: leave it out)”.
_TYPED_ONLY = re.compile(r", [^:;,()]*: .*| \(Enter: [^)]*\)")
_STEM = re.compile(r"^[^:;(,.]+(?:\([^)]*\)[^:;(,.]*)?")  # “The level” of “The level, as you would write it: …”


def complete(ctx: click.Context, command: click.Command, args: Sequence[str]) -> list[str]:
    """The command line with what it lacks as a person at the terminal answers.

    Raises TooLittleTold where nobody can be asked, Abort where one that is needed is not answered.
    """
    session: Session = ctx.obj
    told, _rest, _order = command.make_parser(ctx).parse_args([*args])
    lacking = [param for param in command.params if param.consume_value(ctx, told)[1] is ParameterSource.DEFAULT]
    needed = [param for param in lacking if param.required or param.name in session.wanted]
    if not session.can_ask:
        raise TooLittleTold(what="; ".join(map(_named, needed)), example=_example(command))
    has_options = any(
        isinstance(param, click.Option) and param.expose_value for param in command.params if param not in lacking
    )
    line, unasked, is_told = [*args], set[str](), command.name != "edit"
    for param in _in_order(command, needed, lacking, also=not has_options):
        if param.name in unasked:
            continue
        _read_so_far(ctx, command, line)
        if not is_told and param.name != "units":
            is_told = True
            say_recorded(ctx)
        answers = answers_to(ctx, param, is_needed=param.required)
        if not answers and param.required:
            raise click.Abort
        if not answers:
            unasked |= _RESTS_ON.get(param.name, set())
        line = _with(line, param, answers)
    return line


def _read_so_far(ctx: click.Context, command: click.Command, line: Sequence[str]) -> None:
    """Lets the questions know what a line tells; what of it cannot be read is refused once they are answered."""
    ctx.params.clear()
    ctx.resilient_parsing = True
    try:
        command.parse_args(ctx, [*line])
    finally:
        ctx.resilient_parsing = False


_RESTS_ON = {"decision": {"date"}}  # the day of a decision is asked for where there is one


def _in_order(
    command: click.Command, needed: Sequence[click.Parameter], lacking: Sequence[click.Parameter], *, also: bool
) -> list[click.Parameter]:
    """What is asked for, in the order in which the command would have it; `also` what may be left out."""
    names: Sequence[str] = getattr(command.callback, "asks", ())
    by_name = {param.name: param for param in (lacking if also else needed)}
    asked = [by_name[name] for name in names if name in by_name]
    return [*asked, *(param for param in needed if param not in asked)]


def _with(line: Sequence[str], param: click.Parameter, answers: Sequence[str]) -> list[str]:
    """A command line with answers in it: arguments before what was typed, options behind it."""
    if isinstance(param, click.Argument):
        return [*answers, *line]
    option = max(param.opts, key=len)
    end = line.index("--") if "--" in line else len(line)
    return [*line[:end], *(part for answer in answers for part in (option, answer)), *line[end:]]


# One question -----------------------------------------------------------------------------------------------------


def answers_to(ctx: click.Context, param: click.Parameter, *, is_needed: bool) -> list[str]:
    """The answers to what a parameter asks, each of which can be read; none for an empty one."""
    answers: list[str] = []
    question = _question(param, is_needed=is_needed)
    while answer := _answer(ctx, param, question, answers, is_needed=is_needed and not answers):
        answers.append(answer)
        if param.nargs != -1:
            break
        question = _("One more (Enter: that is all)")
    return answers


def _answer(
    ctx: click.Context, param: click.Parameter, question: str, before: Sequence[str], *, is_needed: bool
) -> str:
    """An answer that the parameter can read and the command can take, beside those before; "" for none."""
    session: Session = ctx.obj
    offers = [offer for offer in _offers(ctx, param) if offer.text not in before]
    none = _("Stop") if param.required else _("Leave it out")
    while True:
        answer = _typed(session, param, question, offers, _("No, these alone") if before else none, is_needed=is_needed)
        try:
            if answer:
                value = [answer] if param.nargs == -1 or param.multiple else answer
                judge(ctx, param, param.type_cast_value(ctx, value))
            return answer
        except DidYouMean as wrong:
            if only := wrong.facts.get("begun"):  # what is then shown before anything is written
                return str(only)
            if meant := choose_near(ctx, param, wrong):
                return meant
            continue
        except NtmError as wrong:
            lines = wrong.lines()
        except click.UsageError as wrong:
            lines = [wrong.format_message()]
        for line in lines:
            session.say(line)


def choose_near(ctx: click.Context, param: click.Parameter, wrong: DidYouMean) -> str:
    """What is chosen of the known words that resemble a wrong one, each with what is said beside it; "" for none.

    Where there are none the refusal is said.
    """
    from ntmtrack.dialogue import Offer

    session: Session = ctx.obj
    near = cast("list[str]", wrong.facts.get("near") or [])
    if not near:
        for line in wrong.lines():
            session.say(line)
        return ""
    called = [(item.value, offer) for item, offer in _offered(ctx, param)]
    fitting = [offer for word in near for value, offer in called if value == word] or [Offer(word) for word in near]
    chosen = session.choose(
        wrong.lines()[0], [offer.says or offer.text for offer in fitting], none=_("Another: type it again")
    )
    return "" if chosen is None else fitting[chosen].text


def _typed(
    session: "Session",
    param: click.Parameter,
    question: str,
    offers: "Sequence[Offer]",
    none: str,
    *,
    is_needed: bool,
) -> str:
    """What is chosen of few offers, or typed, "" for neither; what is needed is asked for until something is typed.

    Of a file without what a window puts around it that it is dragged to.
    """
    from ntmtrack.paths import dragged

    is_path = isinstance(param.type, click.Path)
    if 0 < len(offers) <= _FEW:
        other = _("Another file: type it, or drag it here") if is_path else _("Another: type it")
        words = [offer.says or offer.text for offer in offers]
        choices = words if isinstance(param.type, click.Choice) else [*words, other]
        chosen = session.choose(_TYPED_ONLY.sub("", question), choices, none=none)
        if chosen is None:
            return ""
        if chosen < len(offers):
            return offers[chosen].text
        offers = []
    while True:
        text = session.ask_text(question, offers=offers, is_path=is_path)
        text = dragged(text) if is_path else text
        if text or not is_needed:
            return text
        session.say(_("This is needed. Ctrl-C stops, and nothing is written."))


def _offers(ctx: click.Context, param: click.Parameter) -> "list[Offer]":
    """What the shell would complete; a name that several bear as what is said beside it tells them apart."""
    return list(dict.fromkeys(offer for _item, offer in _offered(ctx, param)))


def _offered(ctx: click.Context, param: click.Parameter) -> "list[tuple[CompletionItem, Offer]]":
    from ntmtrack.dialogue import Offer

    items = [item for item in param.shell_complete(ctx, "") if item.type == "plain"]
    borne = Counter(item.value for item in items)
    return [
        (item, Offer(item.help if borne[item.value] > 1 and item.help else str(item.value), item.help or ""))
        for item in items
    ]


def _question(param: click.Parameter, *, is_needed: bool) -> str:
    """The help text as a question."""
    text = str(getattr(param, "help", None) or param.name).rstrip(".")
    if getattr(param.type, "allow_dash", False):
        text = "; ".join(part for part in text.split("; ") if not part.startswith("- "))  # nobody types standard input
        text = _("{question} (type its path, or drag it here)").format(question=text)
    return text if is_needed else _("{question} (Enter: leave it out)").format(question=text)


def _named(param: click.Parameter) -> str:
    """What a parameter asks for in few words, and how it is called on a command line."""
    stem = _STEM.match(str(getattr(param, "help", None) or ""))
    name = str(param.metavar or param.name) if isinstance(param, click.Argument) else max(param.opts, key=len)
    return f"{stem[0][0].lower()}{stem[0][1:].strip()} ({name})" if stem else name


def _example(command: click.Command) -> str:
    return (command.epilog or "").partition("\n")[0]
