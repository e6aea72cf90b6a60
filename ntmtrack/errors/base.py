"""What every refusal is made of."""

from typing import ClassVar

from ntmtrack.i18n import _


class NtmError(Exception):
    """A refusal. `said` and `hint` are templates filled with the facts that the raise site passes."""

    exit_code: ClassVar[int] = 1
    said: ClassVar[str] = ""
    hint: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.said.format(**facts))

    def lines(self) -> list[str]:
        """At most three lines in the language in use: what and where, the excerpt, what to do."""
        text = [_(self.said), *([_(self.hint)] if self.hint else [])]
        return [line.format(**self.shown()) for line in text]

    def shown(self) -> dict[str, object]:
        """The facts as the templates take them."""
        return self.facts


class DidYouMean(NtmError):
    """A refusal of a word that resembles known ones: fact `near` lists those, and may be empty.

    Fact `begun`, where there is one, is the only known word that begins so.
    """

    def lines(self) -> list[str]:
        """The known words that resemble it, where there are any, instead of the hint."""
        near = self.facts.get("near") or []
        if not isinstance(near, list) or not near:
            return super().lines()
        return [_(self.said).format(**self.facts), _("Did you mean: {near}?").format(near=" · ".join(near))]
