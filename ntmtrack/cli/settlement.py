"""What a command could not decide, said by a person at a terminal: which unit, sheet, level or year is meant."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from ntmtrack.cli.missing_parameters import answers_to, choose_near
from ntmtrack.cli.shell import LINE
from ntmtrack.errors import (
    AmbiguousUnit,
    DidYouMean,
    NameNeeded,
    NeitherTold,
    NoAssessedDay,
    NoLevelTold,
    NoSetTold,
    NoYearTold,
    NtmError,
    ProvinceJoined,
    SeveralSheets,
    ValueNeeded,
    YearNeeded,
)
from ntmtrack.i18n import _
from ntmtrack.text import clean

if TYPE_CHECKING:
    from ntmtrack.commands import Session


def settle(ctx: click.Context, wrong: NtmError) -> bool:
    """Whether a person has said what was meant by a word that fits several things, or none; `ctx` has it then."""
    session: Session = ctx.obj
    if session.has_written:
        return False
    if isinstance(wrong, ProvinceJoined):
        return _settle_province(ctx, wrong)
    if isinstance(wrong, SeveralSheets):
        return _settle_sheets(ctx, wrong)
    if isinstance(wrong, NoSetTold):
        return _settle_set(ctx, wrong)
    if type(wrong) in _ASKED_FOR:
        return _settle_one(ctx, wrong, _ASKED_FOR[type(wrong)])
    if isinstance(wrong, NeitherTold | NoLevelTold | NoYearTold):
        return _settle_untold(ctx, wrong)
    found = _typed_word(ctx, wrong)
    if found is None:
        return False
    meant = _meant(ctx, found[0], wrong)
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


def _meant(ctx: click.Context, name: str, wrong: NtmError) -> str:
    """What the person says is meant by a word of a parameter, "" for nothing: one of those that fit, or typed anew."""
    session: Session = ctx.obj
    if isinstance(wrong, AmbiguousUnit):
        units, written = cast("Sequence[Any]", wrong.facts["units"]), cast("Sequence[str]", wrong.facts["written"])
        question = _("“{name}” is the name of several units. Which is meant?").format(name=wrong.facts["name"])
        chosen = session.choose(question, [unit.listed for unit in units])
        return "" if chosen is None else written[chosen]
    assert isinstance(wrong, DidYouMean)
    param = next(param for param in ctx.command.params if param.name == name)
    return choose_near(ctx, param, wrong) or session.ask_text(_("Type it again (Enter: stop)"))


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


def _settle_sheets(ctx: click.Context, several: SeveralSheets) -> bool:
    """Whether it is said which sheets of a workbook are meant: all of them, or one."""
    names = cast("Sequence[str]", several.facts["names"])
    chosen = ctx.obj.choose(several.lines()[0], [_("all of them, as one action"), *names])
    if chosen is None:
        return False
    if chosen == 0:
        ctx.params["all_sheets"] = True
        ctx.meta[LINE] += ["--all-sheets"]
    else:
        ctx.params["sheet"] = [names[chosen - 1]]
        ctx.meta[LINE] += ["--sheet", names[chosen - 1]]
    return True


def _settle_set(ctx: click.Context, untold: NoSetTold) -> bool:
    """Whether it is said by which criteria set the units of a table were assessed."""
    keys = cast("Sequence[str]", untold.facts["keys"])
    chosen = ctx.obj.choose(untold.lines()[0], keys)
    if chosen is None:
        return False
    ctx.params["of_set"] = keys[chosen]
    ctx.meta[LINE] += ["--set", keys[chosen]]
    return True


_ASKED_FOR: dict[type[NtmError], str] = {
    NoAssessedDay: "on",
    YearNeeded: "year",
    ValueNeeded: "value",
    NameNeeded: "name",
}


def _settle_one(ctx: click.Context, untold: NtmError, name: str) -> bool:
    """Whether the one parameter that the command turned out to need is answered; False where it has none such."""
    param = next((param for param in ctx.command.params if param.name == name), None)
    if param is None:
        return False
    ctx.obj.say(untold.lines()[0])
    answer = next(iter(answers_to(ctx, param, is_needed=True)), "")
    if not answer:
        return False
    ctx.params[name] = param.type_cast_value(ctx, answer)
    ctx.meta[LINE] += [max(param.opts, key=len), answer]
    return True


def _settle_untold(ctx: click.Context, wrong: NtmError) -> bool:
    """Whether it is said which level, which year holds for all rows: what the title speaks of, or as answered."""
    session: Session = ctx.obj
    session.say(wrong.lines()[0])
    untold, by_title = cast("dict[str, str]", wrong.facts["untold"]), wrong.facts["by_title"]
    question = _("The title speaks of {words}. Does that hold for every row?")
    answers = untold if by_title and session.ask(question.format(words=by_title)) else dict.fromkeys(untold, "")
    for param in sorted(ctx.command.params, key=lambda param: param.name != "year"):  # which tells the levels
        if param.name not in answers:
            continue
        answer = answers[param.name] or next(iter(answers_to(ctx, param, is_needed=True)), "")
        if not answer:
            return False
        ctx.params[param.name] = param.type_cast_value(ctx, answer)
        ctx.meta[LINE] += [max(param.opts, key=len), answer]
    return True


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
