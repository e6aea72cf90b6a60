"""A Word document as a file: the stamp that it carries, its bytes the same whenever they are made."""

import html
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ntmtrack.i18n import _
from ntmtrack.spreadsheets.source import DAMAGED, Source, open_archive
from ntmtrack.stamps import LONGEST_PROPERTY, STAMP, STAMP_PART

if TYPE_CHECKING:
    from docx.document import Document

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"  # before the names of what a text is made of
_TYPES, _TEMPLATE, _PLAIN = "[Content_Types].xml", b".template.main+xml", b".document.main+xml"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first day that a zipped part can have
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_OWNERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # marks properties that the owner of a document has named
_BLANK_TABLE = b"<w:tbl/>"
_FIRST = 2  # as the format numbers them


def open_document(source: Source) -> "Document":
    """A Word document, of a template (.dotx) the document that it makes; raises CannotRead."""
    from docx import Document

    whole = io.BytesIO()
    with open_archive(source) as archive, ZipFile(whole, "w", ZIP_DEFLATED) as plain:
        for part in archive.infolist():
            content = archive.read(part)
            plain.writestr(part, content.replace(_TEMPLATE, _PLAIN) if part.filename == _TYPES else content)
    try:
        return Document(whole)
    except Exception as wrong:
        raise source.unreadable(_(DAMAGED)) from wrong


def put_stamp(document: "Document", stamp: Mapping[str, str], made: datetime) -> None:
    """Puts the stamp on a document, in place of one that it may carry, and the moment that it is made."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document.core_properties.created = document.core_properties.modified = made
    package = document.part.package
    kept = [
        (link, name, value)
        for link, part in [(link, link.target_part) for link in package.rels.values() if not link.is_external]
        if link.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
        for name, value in _properties(part.blob)
    ]
    for key in [key for key, link in package.rels.items() if link.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES]:
        del package.rels[key]
    others = {name: value for _link, name, value in kept if not name.startswith(STAMP)}
    own = {f"{STAMP}{key}": value[:LONGEST_PROPERTY] for key, value in stamp.items()}
    blob = _written({**others, **own}).encode()
    part = Part(PackURI(f"/{STAMP_PART}"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _properties(blob: bytes) -> list[tuple[str, str]]:
    """The properties that a document's owner has named, as text."""
    from docx.oxml.parser import parse_xml

    return [(element.get("name", ""), "".join(element.itertext())) for element in parse_xml(blob)]


def _written(properties: Mapping[str, str]) -> str:
    each = "".join(
        f'<property fmtid="{_OWNERS}" pid="{place}" name="{html.escape(name)}">'
        f"<vt:lpwstr>{html.escape(value, quote=False)}</vt:lpwstr></property>"
        for place, (name, value) in enumerate(properties.items(), start=_FIRST)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}">{each}</Properties>'


def add_blank_table(document: "Document", *, goes_on: bool = False) -> None:
    """A table filled when the document is written, with a line beneath it, kept with what follows if it goes on."""
    from docx.oxml.parser import OxmlElement

    beneath = document.add_paragraph()
    beneath.paragraph_format.keep_with_next = goes_on or None
    beneath._p.addprevious(OxmlElement("w:tbl"))


def bytes_of(document: "Document", tables: Iterable[Iterable[str]] = ()) -> bytes:
    """The file: its parts in the order in which they are written, without the moment of writing.

    Blank tables are filled with these, as XML: so a document with a nation's tables is never whole in memory as a tree.
    """
    packed, whole, contents = io.BytesIO(), io.BytesIO(), iter(tables)
    document.save(packed)
    with ZipFile(packed) as written, ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for part in written.infolist():
            info = ZipInfo(part.filename, _BEGINNING)
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w") as file:
                first, *rest = written.read(part).split(_BLANK_TABLE)
                file.write(first)
                for after in rest:
                    for piece in next(contents):
                        file.write(piece.encode())
                    file.write(after)
    return whole.getvalue()
