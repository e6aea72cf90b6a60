"""What a command line lacks, asked for at a terminal by what its parameters tell of themselves; told where none is."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from ntmtrack.cli.shell import LINE
from ntmtrack.errors import AmbiguousUnit, DidYouMean, NtmError, ProvinceJoined, TooLittleTold
from ntmtrack.i18n import _
from ntmtrack.text import clean

if TYPE_CHECKING:
    from ntmtrack.commands import Session
    from ntmtrack.dialogue import Offer

_FEW = 9  # offers that are chosen from; of more, one is typed
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
    line, unasked = [*args], set[str]()
    for param in _in_order(command, needed, lacking, also=not has_options):
        if param.name in unasked:
            continue
        answers = _answers(ctx, param, is_needed=param.required)
        if not answers and param.required:
            raise click.Abort
        if not answers:
            unasked |= _RESTS_ON.get(param.name, set())
        line = _with(line, param, answers)
    return line


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


def _answers(ctx: click.Context, param: click.Parameter, *, is_needed: bool) -> list[str]:
    """The answers to what a parameter asks, each of which can be read; none for an empty one."""
    answers: list[str] = []
    question = _question(param, is_needed=is_needed)
    while answer := _answer(ctx, param, question):
        answers.append(answer)
        if param.nargs != -1:
            break
        question = _("One more (Enter: that is all)")
    return answers


def _answer(ctx: click.Context, param: click.Parameter, question: str) -> str:
    """An answer that the parameter can read; "" for none."""
    session: Session = ctx.obj
    offers = _offers(ctx, param)
    while True:
        answer = _typed(session, param, question, offers)
        try:
            if answer:
                value = [answer] if param.nargs == -1 or param.multiple else answer
                param.type_cast_value(ctx, value)
            return answer
        except NtmError as wrong:
            lines = wrong.lines()
        except click.UsageError as wrong:
            lines = [wrong.format_message()]
        for line in lines:
            session.say(line)


def _typed(session: "Session", param: click.Parameter, question: str, offers: "Sequence[Offer]") -> str:
    """What is chosen of few offers, or typed; of a file without what a window puts around it that it is dragged to."""
    from ntmtrack.paths import dragged

    is_path = isinstance(param.type, click.Path)
    if 0 < len(offers) <= _FEW:
        other = _("Another file: type it, or drag it here") if is_path else _("Another: type it")
        words = [offer.says or offer.text for offer in offers]
        choices = words if isinstance(param.type, click.Choice) else [*words, other]
        chosen = session.choose(question, choices, none=_("Stop") if param.required else _("Leave it out"))
        if chosen is None:
            return ""
        if chosen < len(offers):
            return offers[chosen].text
        offers = []
    text = session.ask_text(question, offers=offers, is_path=is_path)
    return dragged(text) if is_path else text


def _offers(ctx: click.Context, param: click.Parameter) -> "list[Offer]":
    """What the shell would complete; a name that several bear as what is said beside it tells them apart."""
    from ntmtrack.dialogue import Offer

    items = [item for item in param.shell_complete(ctx, "") if item.type == "plain"]
    borne = [item.value for item in items]
    several = {value for value in borne if borne.count(value) > 1} if len(borne) != len(set(borne)) else set()
    offers = (
        Offer(item.help if item.value in several and item.help else str(item.value), item.help or "") for item in items
    )
    return list(dict.fromkeys(offers))


def _question(param: click.Parameter, *, is_needed: bool) -> str:
    """The help text as a question."""
    text = str(getattr(param, "help", None) or param.name).rstrip(".")
    if getattr(param.type, "allow_dash", False):
        text = _("{question} (type its path, or drag it here)").format(question=text)
    return text if is_needed else _("{question} (Enter: leave it out)").format(question=text)


def _named(param: click.Parameter) -> str:
    """What a parameter asks for in few words, and how it is called on a command line."""
    stem = _STEM.match(str(getattr(param, "help", None) or ""))
    name = str(param.metavar or param.name) if isinstance(param, click.Argument) else max(param.opts, key=len)
    return f"{stem[0][0].lower()}{stem[0][1:].strip()} ({name})" if stem else name


def _example(command: click.Command) -> str:
    return (command.epilog or "").partition("\n")[0]


# What a command could not decide ----------------------------------------------------------------------------------


def settle(ctx: click.Context, wrong: NtmError) -> bool:
    """Whether a person has said what was meant by a word that fits several things, or none; `ctx` has it then."""
    session: Session = ctx.obj
    if session.has_written:
        return False
    if isinstance(wrong, ProvinceJoined):
        return _settle_province(ctx, wrong)
    found = _typed_word(ctx, wrong)
    if found is None:
        return False
    meant = _meant(session, wrong)
    if not meant:
        return False
    _replace(ctx, *found, meant)
    return True


def _typed_word(ctx: click.Context, wrong: NtmError) -> tuple[str, str] | None:
    """The parameter, and the word of it, that a refusal is about; None where it is about another.

    Of several parameters with that word it is the first of which something is known that may stand there.
    """
    if not isinstance(wrong, AmbiguousUnit | DidYouMean):
        return None
    told = {clean(fact) for key, fact in wrong.facts.items() if key in ("name", "key") and isinstance(fact, str)}
    found = [
        (name, word)
        for name, value in ctx.params.items()
        for word in (value if isinstance(value, list | tuple) else [value])
        if isinstance(word, str) and clean(word) in told
    ]
    if len({name for name, _word in found}) > 1:
        params = {param.name: param for param in ctx.command.params}
        found = [(name, word) for name, word in found if params[name].shell_complete(ctx, "")] or found
    return found[0] if found else None


def _meant(session: "Session", wrong: NtmError) -> str:
    """What the person says is meant, "" for nothing: one of those that fit, or typed anew."""
    if isinstance(wrong, AmbiguousUnit):
        units, written = cast("Sequence[Any]", wrong.facts["units"]), cast("Sequence[str]", wrong.facts["written"])
        question = _("“{name}” is the name of several units. Which is meant?").format(name=wrong.facts["name"])
        chosen = session.choose(question, [unit.listed for unit in units])
        return "" if chosen is None else written[chosen]
    near = cast("list[str]", wrong.facts.get("near") or [])
    said = wrong.lines()[0]
    if not near:
        session.say(said)
        return session.ask_text(_("Type it again (Enter: stop)"))
    chosen = session.choose(said, [*near, _("Another: type it again")])
    if chosen is None:
        return ""
    return near[chosen] if chosen < len(near) else session.ask_text(_("Type it again (Enter: stop)"))


def _settle_province(ctx: click.Context, joined: ProvinceJoined) -> bool:
    """Whether it is said if the province of today is meant, or the one that ended; asked by `init` alone."""
    if "programme_key" not in ctx.params:
        return False
    now, before = str(joined.facts["now"]), str(joined.facts["name"])
    ways = [
        _("{province}, with its units of today").format(province=now),
        _("{province} with its units until 30/6/2025").format(province=before),
    ]
    chosen = ctx.obj.choose(joined.lines()[0], ways)
    if chosen is None:
        return False
    if chosen == 0:
        _replace(ctx, "province", ctx.params["province"], now)
    else:
        ctx.params["programme_key"] = _UNTIL_2025
        ctx.meta[LINE] += ["--programme", _UNTIL_2025]
    return True


_UNTIL_2025 = "2021-2025"


def _replace(ctx: click.Context, name: str, typed: str, meant: str) -> None:
    """Puts another word in the place of one of a parameter, in what the command is given and in the command line."""
    value = ctx.params[name]
    is_several = isinstance(value, list | tuple)
    ctx.params[name] = [meant if word == typed else word for word in value] if is_several else meant
    line = ctx.meta[LINE]
    for place, word in enumerate(line):
        option, sign, told = word.partition("=")
        if word == typed or (sign and told == typed):
            other = [*line[:place], meant if word == typed else f"{option}={meant}", *line[place + 1 :]]
            line = other if _differing(ctx, line, other) == {name} else line
    ctx.meta[LINE] = line


def _differing(ctx: click.Context, line: Sequence[str], other: Sequence[str]) -> set[str]:
    """The parameters to which two command lines give different words."""
    first, second = (ctx.command.make_parser(ctx).parse_args([*words])[0] for words in (line, other))
    return {name for name in {*first, *second} if first.get(name) != second.get(name)}
