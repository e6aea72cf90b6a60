"""How commands are declared: several options as one parameter · one command of the tree alone."""

from typing import Annotated

import pytest
import typer

from ntmtrack.cli import declare
from ntmtrack.cli.app import ASK, Options, command, tree


class Where(Options):
    """Where."""

    place: Annotated[str, typer.Option("--place")] = "here"


class WhereAndWhen(Where):
    """Where and when."""

    year: Annotated[int | None, typer.Option("--year")] = None


@pytest.fixture
def asked():
    """What a command was asked, and the command."""
    group, answers = typer.Typer(), []

    @command("ask", ASK, "Ask.", "ask", group)
    def ask(ctx: typer.Context, *, what: str, question: WhereAndWhen, loud: bool = False) -> None:
        answers.append((what, question.place, question.year, loud))

    return answers, typer.main.get_command(group)


def test_options_declared_as_one_parameter_are_listed_in_their_place(asked):
    assert [param.name for param in asked[1].params][:4] == ["what", "place", "year", "loud"]


@pytest.mark.parametrize(
    ("words", "answer"), [(["a"], ("a", "here", None, False)), (["a", "--year", "3", "--loud"], ("a", "here", 3, True))]
)
def test_options_declared_as_one_parameter_are_given_as_one(asked, words, answer):
    answers, ask = asked
    ask.main(words, standalone_mode=False)
    assert answers == [answer]


@pytest.mark.parametrize("name", ["progress", "roadmap"])
def test_a_command_alone_is_as_it_is_among_all(name):
    declare()
    alone, among = tree(name).commands, tree().commands
    assert list(alone) == [name]
    assert [param.opts for param in alone[name].params] == [param.opts for param in among[name].params]
