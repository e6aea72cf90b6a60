"""A document as one page of HTML that needs nothing else: no network, and no script to be read."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ntmtrack.export import PAGE, Document
from ntmtrack.export.page.figures import charts, headlines
from ntmtrack.export.page.markup import heading, paragraphs, scrolled, table, text
from ntmtrack.export.page.units import finder, register, squares
from ntmtrack.files import replacing
from ntmtrack.i18n import _, language
from ntmtrack.reports.page import Page
from ntmtrack.reports.page_figures import listed_title, moved_title, remaining_title
from ntmtrack.stamps import STAMP, sealed

SHEETS = (PAGE,)
LONGEST = None
_PARTS = Path(__file__).parent / "page"


def write(document: Document, file: Path) -> None:
    """UTF-8, the same bytes for the same document; raises FileBusy."""
    whole = sealed("\n".join(_document(document)) + "\n")
    with replacing(file) as draft:
        draft.write_bytes(whole.encode())


def _document(document: Document) -> Iterator[str]:
    page = document.page
    assert page is not None, "asked for by PAGE"
    style, script = (_inside(name) for name in ("page.css", "page.js"))
    yield f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">'
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield from (f'<meta name="{STAMP}{key}" content="{text(value)}">' for key, value in document.stamp.items())
    yield f"<title>{text(page.title)}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield from _body(page)
    yield f"<script>{script}</script>\n</body>\n</html>"


def _inside(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


def _hash(inside: str) -> str:
    """By which a browser knows the one style and script that it may run."""
    return f"'sha256-{b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'"


class _PageSection(NamedTuple):
    """A section of the page: what leads to it, its heading, what is in it."""

    key: str
    title: str
    inside: Iterable[str]


def _body(page: Page) -> Iterator[str]:
    sections = [section for section in _sections(page) if section.inside]
    skip, switch, contents = text(_("Skip to the figures")), text(_("Light / dark")), text(_("Contents"))
    yield f'<a class="skip" href="#main">{skip}</a>\n<header>'
    yield from paragraphs(page.agency, "agency")
    yield from heading(1, page.title)
    yield from paragraphs([page.subtitle], "as-of")
    yield f'<button id="theme" type="button" hidden>{switch}</button>\n</header>'
    yield f'<nav aria-label="{contents}"><ul>'
    yield from (f'<li><a href="#{section.key}">{text(section.title)}</a>' for section in sections)
    yield '</ul></nav>\n<main id="main" tabindex="-1">'
    for section in sections:
        yield f'<section id="{section.key}" aria-labelledby="{section.key}-h">'
        yield f'<h2 id="{section.key}-h">{text(section.title)}</h2>'
        yield from section.inside
        yield "</section>"
    yield "</main>"


def _sections(page: Page) -> Iterator[_PageSection]:
    """The sections that there may be, in order; those with nothing in them are left out."""
    yield _PageSection("figures", _("Results"), _figures(page))
    yield _PageSection("years", _("Plan and actual by year"), [*charts(page.charts)] if page.charts else [])
    yield _PageSection("map", _("Every commune by its highest level"), [*squares(page.maps)] if page.maps else [])
    yield _PageSection("ranking", _("Ranking"), _ranking(page) if page.rankings else [])
    yield _PageSection("moved", moved_title(), _moved(page))
    yield _PageSection("remaining", remaining_title(), _remaining(page) if page.remaining else [])
    yield _PageSection("units", listed_title(), [*finder(page), *register(page)] if page.parts else [])
    yield _PageSection("sources", _("Basis and sources"), [*paragraphs(page.notes)])


def _figures(page: Page) -> Iterator[str]:
    yield from paragraphs(page.doubts, "doubt")
    yield from headlines(page.headlines)
    yield from paragraphs(page.sentences)


def _ranking(page: Page) -> Iterator[str]:
    yield from paragraphs([page.ranking_note], "hint")
    for ranked in page.rankings:
        yield from scrolled(ranked.title, table(ranked, ranked.title, head="district"))


def _moved(page: Page) -> list[str]:
    return [*scrolled(moved_title(), table(page.moved, mark="lacking"))] if page.moved else []


def _remaining(page: Page) -> Iterator[str]:
    for lacking in page.remaining:
        yield from heading(3, lacking.title)
        if lacking.table:
            yield from scrolled(lacking.title, table(lacking.table, mark="lacking"))
