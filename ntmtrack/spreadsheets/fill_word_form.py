"""An office's own Word form filled in: `{{names}}` get their values, a row or a paragraph with `{{#list}}` is repeated.

Word splits a text over runs as it likes: a name is found over all of them, and its value looks as where it began. What
the form has besides (pictures, shapes, styles, headers) stays as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntmtrack.errors import CannotRead
from ntmtrack.files import replacing
from ntmtrack.i18n import _
from ntmtrack.spreadsheets.fill_template import FilledForm
from ntmtrack.spreadsheets.source import read_source
from ntmtrack.spreadsheets.template_names import (
    NAME,
    UnknownFormName,
    Value,
    Values,
    known_in,
    refuse_unknown,
    shown,
    wrong_names,
)
from ntmtrack.spreadsheets.word_package import WORD, bytes_of, open_document, put_stamp
from ntmtrack.text import for_xml

if TYPE_CHECKING:
    from docx.document import Document

Element = Any  # of lxml, which tells no types
_LINE, _TEXT, _ROW, _TABLE, _BOX = (f"{WORD}{name}" for name in ("p", "t", "tr", "tbl", "txbxContent"))
_MERGED = f"{WORD}vMerge"
_MARKS = tuple(f"{WORD}{name}" for name in ("bookmarkStart", "bookmarkEnd"))  # of which a document has each once
_NOTES = ("footnotes", "endnotes")
_HELD = "\ufdd0"  # of no text: for a brace of what was filled in, which is never read as a name's


def fill_word_form(form: Path, values: Values, target: Path, stamp: Mapping[str, str]) -> FilledForm:
    """Writes the form, filled in and stamped, or nothing; raises NoSuchFile, CannotRead, UnknownNames, FileBusy."""
    document = open_document(read_source(form))
    filling = _WordFiller(form.name, document, values)
    filling.check()
    filling.fill()
    if not filling.places:
        raise CannotRead(file=form.name, reason=_("it has no name in double braces that could be filled in"))
    put_stamp(document, stamp, datetime.combine(date.fromisoformat(stamp["as_of"]), time()))
    with replacing(target) as draft:
        draft.write_bytes(bytes_of(document))
    return FilledForm(filling.places, [], 0)


class _WordFiller:
    """One form being filled in."""

    def __init__(self, file: str, document: "Document", values: Values) -> None:
        self._file = file
        self._values = values
        self._notes: dict[Any, Element] = {}
        self._roots = list(self._parts(document))
        self._lists = {holder: name for _where, root in self._roots for holder, name in self._repeated(root)}
        self.places = 0

    def _parts(self, document: "Document") -> Iterator[tuple[str, Element]]:
        """The root of the body, of headers, footers and notes, each with where that is; "" for the body."""
        from docx.oxml.parser import parse_xml

        words = {"hdr": _("header"), "ftr": _("footer"), "document": ""}
        for part in document.part.package.iter_parts():
            kind = part.partname.rpartition("/")[2].partition(".")[0]
            if hasattr(part, "element") and (name := part.element.tag.removeprefix(WORD)) in words:
                yield words[name], part.element
            elif kind in _NOTES:
                self._notes[part] = parse_xml(part.blob)
                yield _("footnote"), self._notes[part]

    def _repeated(self, root: Element) -> Iterator[tuple[Element, str]]:
        """The rows, and the paragraphs outside of tables, that ask to be repeated, each with its list."""
        lists: dict[Element, str] = {}
        for line in root.iter(_LINE):
            for mark, name in NAME.findall(_text_of(line)):
                holder = next(line.iterancestors(_ROW), line)
                if mark and lists.setdefault(holder, name.lower()) != name.lower():
                    two = _("a row asks for two lists, #{first} and #{second}; choose one")
                    raise CannotRead(file=self._file, reason=two.format(first=lists[holder], second=name))
        yield from lists.items()

    def check(self) -> None:
        """Raises UnknownNames where nothing is known of a name, CannotRead where a row cannot be repeated."""
        unknown = []
        for where, root in self._roots:
            places = _Places(where, root)
            for line in root.iter(_LINE):
                known = known_in(self._values, self._list_of(line))
                wrong = wrong_names(_text_of(line), known, self._values)
                unknown += [UnknownFormName(places.of(line), name) for name in wrong]
        refuse_unknown(self._file, unknown, self._values)
        for holder, name in self._lists.items():
            if holder.tag == _ROW and next(holder.iter(_MERGED), None) is not None:
                merged = _("cells are merged over the row that is to be repeated for #{list}; unmerge them")
                raise CannotRead(file=self._file, reason=merged.format(list=name))

    def _list_of(self, line: Element) -> str | None:
        """The list for which a paragraph, or the nearest row about it that is to be, is repeated."""
        return next((self._lists[one] for one in (line, *line.iterancestors()) if one in self._lists), None)

    def fill(self) -> None:
        """What is to be repeated first, the innermost before what it stands in; then every other name."""
        for holder in sorted(self._lists, key=lambda one: -sum(1 for _above in one.iterancestors())):
            self._repeat(holder, self._lists[holder])
        for _where, root in self._roots:
            self._fill_in(root, self._values.single)
        for text in (text for _where, root in self._roots for text in root.iter(_TEXT)):
            text.text = text.text and text.text.replace(_HELD, "{")
        for part, root in self._notes.items():
            from docx.opc.oxml import serialize_part_xml

            part._blob = serialize_part_xml(root)

    def _repeat(self, holder: Element, name: str) -> None:
        """The row or the paragraph once for every item of the list; one without values where there is none."""
        listed = self._values.lists[name]
        for place, item in enumerate(listed.items or [dict.fromkeys(listed.fields)]):
            known = {**self._values.single, **item, **{f"{name}.{key}": value for key, value in item.items()}}
            copy = deepcopy(holder)
            for mark in [mark for mark in copy.iter(*_MARKS) if place]:
                mark.getparent().remove(mark)
            holder.addprevious(copy)
            self._fill_in(copy, known)
        holder.getparent().remove(holder)

    def _fill_in(self, root: Element, known: Mapping[str, Value]) -> None:
        """Every paragraph within, those of a text box before the one that it hangs on."""
        for line in reversed(list(root.iter(_LINE))):
            self._fill_line(line, known)

    def _fill_line(self, line: Element, known: Mapping[str, Value]) -> None:
        whole = _text_of(line)
        found = list(NAME.finditer(whole))
        if not found:
            return
        self.places += 1
        values = ("" if match[1] else shown(known[match[2].lower()]) for match in found)
        texts = [for_xml(value).replace("{", _HELD) for value in values]
        if len(found) == 1 and whole.strip() == found[0][0] and "\n" in texts[0]:
            for text in texts[0].split("\n"):  # a paragraph each, which look alike
                copy = deepcopy(line)
                line.addprevious(copy)
                _put(copy, found, [text])
            line.getparent().remove(line)
        else:
            _put(line, found, texts)


def _own_texts(line: Element) -> list[Element]:
    """The texts of a paragraph, without those of text boxes that hang on it."""
    return [text for text in line.iter(_TEXT) if next(text.iterancestors(_LINE)) is line]


def _text_of(line: Element) -> str:
    return "".join(text.text or "" for text in _own_texts(line))


def _put(line: Element, found: Sequence[re.Match[str]], texts: Sequence[str]) -> None:
    """Puts texts where the names stood, each into the run in which its name began; the last first."""
    runs = _own_texts(line)
    for match, text in zip(reversed(found), reversed(texts), strict=True):
        at = 0
        for run in runs:
            old = run.text or ""
            first, last = max(match.start() - at, 0), min(match.end() - at, len(old))
            if first < last:
                begins = match.start() >= at
                run.text = old[:first] + (text if begins else "") + old[last:]
                run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            at += len(old)
    for run in runs:
        if "\n" in (run.text or ""):
            _break_lines(run)


def _break_lines(run: Element) -> None:
    """Line breaks of Word in place of those of a text."""
    from docx.oxml.parser import OxmlElement

    first, *rest = run.text.split("\n")
    run.text, last = first, run
    for text in rest:
        for element in (OxmlElement("w:br"), deepcopy(run)):
            last.addnext(element)
            last = element
        last.text = text


class _Places:
    """Where the paragraphs of a part stand, in words."""

    def __init__(self, where: str, root: Element) -> None:
        self._where = where
        self._tables = {table: place for place, table in enumerate(_outermost(root, _TABLE), start=1)}
        lines = (line for line in root.iter(_LINE) if next(line.iterancestors(_TABLE, _BOX), None) is None)
        self._lines = {line: place for place, line in enumerate(lines, start=1)}

    def of(self, line: Element) -> str:
        """The place of a paragraph: "bảng 2, dòng 5", "đoạn 3", "khung chữ", "đầu trang"."""
        if self._where:
            return self._where
        table = next((one for one in line.iterancestors(_TABLE) if one in self._tables), None)
        if table is not None:
            row = next(place for place, one in enumerate(table.iterchildren(_ROW), start=1) if line in one.iter(_LINE))
            return _("table {table}, row {row}").format(table=self._tables[table], row=row)
        if line in self._lines:
            return _("paragraph {number}").format(number=self._lines[line])
        return _("text box")


def _outermost(root: Element, tag: str) -> Iterator[Element]:
    return (one for one in root.iter(tag) if next(one.iterancestors(tag), None) is None)
