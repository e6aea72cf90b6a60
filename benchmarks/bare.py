"""The smallest Typer app with subcommands: what any command line of its kind costs to start."""

import sys

import typer

app = typer.Typer(rich_markup_mode=None if "--plain" in sys.argv else "rich")


@app.command()
def first(number: int = 1) -> None:
    """Do the first thing."""


@app.command()
def second(number: int = 1) -> None:
    """Do the second thing."""


if __name__ == "__main__":
    app([word for word in sys.argv[1:] if word != "--plain"])
