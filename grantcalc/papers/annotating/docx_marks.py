"""Marks of comments in a Word document: around the runs that show a figure, which are split where that is needed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from grantcalc.papers.readers.docx_elements import TEXT_BOX, name_of, under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from grantcalc.papers.annotating.places import Stretch
    from grantcalc.papers.readers.drafts import Words

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_CHANGES: Final = ("ins", "moveTo")
"""What stands around runs in a paragraph, and may have the marks of comments in it."""

_NOTES: Final = {"footnote": "footnoteReference", "endnote": "endnoteReference"}


class Spot(Enum):
    """Where a comment came to stand."""

    PLACE = "at its place"
    NOTE = "at the mark of the footnote or endnote that has its place"
    BOX = "at the text box that has its place"
    HEADER = "at the beginning, for a place in a header or footer"
    NOWHERE = "at the beginning, for want of a place"


@dataclass(slots=True)
class _Shown:
    """A piece of a text and the element that shows it; pieces become more as runs are split."""

    start: int
    end: int
    element: _Element


class Marks:
    """The marks of comments in the body of a document."""

    def __init__(self, body: _Element) -> None:
        self._body = body
        self._trails: dict[int, list[_Shown]] = {}

    def put(self, number: int, stretch: Stretch | None) -> Spot:
        """Mark what a comment speaks of.

        Args:
            number: the number of the comment.
            stretch: what it speaks of; None for the document.

        Returns:
            Where the marks came to stand.
        """
        if stretch is None or not stretch.words.pieces:
            self._begin(number)
            return Spot.NOWHERE
        trail = self._trail(stretch.words)
        elements = [piece.element for piece in _of(trail, stretch.start, stretch.end)]
        story = elements[0].getroottree().getroot()
        if story is not self._body:
            return self._put_for_story(number, elements[0])
        box = next((_box_of(each) for each in elements if _box_of(each) is not None), None)
        if box is not None:
            _enclose(number, _anchor(box), _anchor(box))
            return Spot.BOX
        first, last = self._split(trail, stretch.start, stretch.end)
        _enclose(number, _anchor(first), _anchor(last))
        return Spot.PLACE

    def _put_for_story(self, number: int, element: _Element) -> Spot:
        """Mark a note where the body refers to it; what stands in headers and footers, at the beginning."""
        note = next((each for each in element.iterancestors() if name_of(each) in _NOTES), None)
        mark = self._mark_of(note) if note is not None else None
        if mark is not None:
            _enclose(number, _anchor(mark), _anchor(mark))
            return Spot.NOTE
        self._begin(number)
        return Spot.HEADER if note is None else Spot.NOWHERE

    def _mark_of(self, note: _Element) -> _Element | None:
        """The run in the body that has the mark of a note."""
        for mark in self._body.iter(under(_NOTES[name_of(note)])):
            if mark.get(under("id")) == note.get(under("id")):
                box = _box_of(mark)
                return _run_of(mark) if box is None else box
        return None

    def _begin(self, number: int) -> None:
        """Mark the first words of the document; a document of no words has its first paragraph marked."""
        shown = (each for each in self._body.iter(under("t")) if (each.text or "").strip() and _box_of(each) is None)
        first = next((each for each in shown if next(each.iterancestors(under("p")), None) is not None), None)
        if first is not None:
            _enclose(number, _anchor(_run_of(first)), _anchor(_run_of(first)))
            return
        paragraph = next(self._body.iter(under("p")), None)
        if paragraph is None:
            holder = next(self._body.iter(under("body")))
            paragraph = etree.Element(under("p"))
            holder.insert(0, paragraph)
        paragraph.extend(_marks(number))

    def _trail(self, words: Words) -> list[_Shown]:
        """What shows some words now, after whatever was split."""
        made = self._trails.get(id(words))
        if made is None:
            made = [_Shown(each.start, each.end, cast("_Element", each.shown_by)) for each in words.pieces]
            self._trails[id(words)] = made
        return made

    def _split(self, trail: list[_Shown], start: int, end: int) -> tuple[_Element, _Element]:
        """The runs that show a stretch of text and nothing else, split for it where that can be done."""
        for offset in (end, start):
            for n, piece in enumerate(trail):
                if piece.start < offset < piece.end:
                    rest = _split_text(piece.element, offset - piece.start)
                    if rest is not None:
                        trail.insert(n + 1, _Shown(offset, piece.end, rest))
                        piece.end = offset
                    break
        shown = _of(trail, start, end)
        return self._alone(trail, shown[0], shown[-1])

    def _alone(self, trail: list[_Shown], first: _Shown, last: _Shown) -> tuple[_Element, _Element]:
        """The first and the last run of some pieces, without what other pieces they show."""
        before = [each for each in trail if each.end <= first.start and _run_of(each.element) is _run_of(first.element)]
        after = [each for each in trail if each.start >= last.end and _run_of(each.element) is _run_of(last.element)]
        if after:
            _split_run(after[0].element)
        if before:
            _split_run(first.element)
        return _run_of(first.element), _run_of(last.element)


def _of(trail: list[_Shown], start: int, end: int) -> list[_Shown]:
    """The pieces that show a stretch of text; the nearest one if none does."""
    found = [piece for piece in trail if piece.start < end and start < piece.end]
    return found or [min(trail, key=lambda piece: min(abs(piece.start - start), abs(piece.end - start)))]


def _run_of(element: _Element) -> _Element:
    """The run that an element stands in, of text or of an equation."""
    return next((each for each in element.iterancestors() if name_of(each) == "r"), element)


def _box_of(element: _Element) -> _Element | None:
    """The run that the outermost text box around an element is anchored in; None where there is none around it."""
    boxes = [each for each in element.iterancestors() if name_of(each) == TEXT_BOX]
    return _run_of(boxes[-1]) if boxes else None


def _anchor(run: _Element) -> _Element:
    """What the marks of a comment may stand beside: the run, or what it stands in, such as a link or a field."""
    anchor = run
    for each in run.iterancestors():
        if name_of(each) == "p":
            break
        if name_of(each) not in _CHANGES:
            anchor = each
    return anchor


def _splits(run: _Element) -> bool:
    """Whether a run may be split: marks will stand beside it, not beside what it stands in."""
    return run.tag == under("r") and _anchor(run) is run


def _split_text(text: _Element, at: int) -> _Element | None:
    """Split the text of a run at an offset, and the run with it.

    Returns:
        The element that shows the rest; None where the run is one that is not to be split.
    """
    run = _run_of(text)
    if text.tag != under("t") or text.getparent() is not run or not _splits(run):
        return None
    whole = text.text or ""
    rest = deepcopy(text)
    text.text, rest.text = whole[:at], whole[at:]
    text.set(_SPACE, "preserve")
    rest.set(_SPACE, "preserve")
    text.addnext(rest)
    _split_run(rest)
    return rest


def _split_run(at: _Element) -> None:
    """Split a run before one of its children; both parts look as the whole did."""
    run = _run_of(at)
    if at.getparent() is not run or not _splits(run):
        return
    rest = etree.Element(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    properties = run.find(under("rPr"))
    if properties is not None:
        rest.append(deepcopy(properties))
    rest.extend([at, *at.itersiblings()])
    run.addnext(rest)


def _enclose(number: int, first: _Element, last: _Element) -> None:
    """Put the marks of a comment around a stretch of elements."""
    start, end, reference = _marks(number)
    first.addprevious(start)
    last.addnext(end)
    end.addnext(reference)


def _marks(number: int) -> Iterator[_Element]:
    """The three marks of a comment: where it begins, where it ends, and its own."""
    for name in ("commentRangeStart", "commentRangeEnd"):
        yield etree.Element(under(name), {under("id"): str(number)})
    reference = etree.Element(under("r"))
    etree.SubElement(reference, under("commentReference"), {under("id"): str(number)})
    yield reference
