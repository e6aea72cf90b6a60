"""What one pass over an .ods finds that its reader does not tell.

That is merges, errors, what is struck through, how far repeated cells unfold.
"""

from xml.parsers import expat

from ntmtrack.sheets.layout import refuse_entity

_LONGEST = 8  # digits


class OdsLayout:
    """Whether cells are merged downwards, hold errors or are struck through; how many there are, repeated ones too."""

    def __init__(self) -> None:
        self.is_merged_down = self.has_errors = self.has_struck = False
        self._style = ""
        self._striking: set[str] = set()  # the styles that strike text through
        self.cells = 0
        self._rows = self._columns = self._filled = 0
        self._blank_rows = 0

    def read(self, content: bytes) -> "OdsLayout":
        """Runs through content.xml; raises ExpatError, EntityFound."""
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = refuse_entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(content, True)
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        told = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "style":
            self._style = told.get("name", "")
        elif name == "text-properties" and told.get("text-line-through-style", "none") != "none":
            self._striking.add(self._style)
        elif name == "table":
            self._blank_rows = 0
        elif name == "table-row":
            self._rows = _whole(told.get("number-rows-repeated"))
            self._columns = self._filled = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._columns += _whole(told.get("number-columns-repeated"))
            self._filled = self._columns if "value-type" in told else self._filled
            self.is_merged_down = self.is_merged_down or _whole(told.get("number-rows-spanned")) > 1
            self.has_errors = self.has_errors or told.get("value-type") == "error"
        is_filled = name in ("span", "table-column") or "value-type" in told
        if is_filled and not self._striking.isdisjoint((told.get("style-name"), told.get("default-cell-style-name"))):
            self.has_struck = True

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] != "table-row":
            return
        if self._filled:
            self.cells += self._blank_rows + self._rows * self._filled
            self._blank_rows = 0
        else:
            self._blank_rows += self._rows


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _LONGEST else 1
