"""Changes to PDF files: of numbers, names, operators and lines, after which the table of its objects is right again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_TOKEN: Final = re.compile(rb"/[A-Za-z0-9]+|-?[0-9]+(?:\.[0-9]+)?|\([^()\n]*\)|\b[A-Za-z*]{1,3}\b|[<>\[\]]{1,2}")
_OBJECT: Final = re.compile(rb"(?m)^([0-9]{1,7}) ([0-9]{1,5}) obj\b")
_STREAM: Final = re.compile(rb"(?s)(/Length )[0-9]+((?:(?!endobj).)*?stream\r?\n)(.*?)(\r?\nendstream)")
_TRAILER: Final = re.compile(rb"(?s)\bxref\b.*?(trailer.*?)startxref.*")
_RAW: Final = 0.15

HOSTILE: Final = (
    *(
        b"0",
        b"-1",
        b"1e9",
        b"99999999999",
        b"-0.00001",
        b"612",
        b"1 0 R",
        b"null",
        b"[]",
        b"<<>>",
        b"(\xa35,000)",
        b"()",
    ),
    *(b"/Identity-H", b"/Rotate", b"/UserUnit", b"/Type3", b"/Kids", b"/Parent", b"/FlateDecode", b"/DCTDecode"),
    *(
        b"q",
        b"Q",
        b"Tm",
        b"Td",
        b"TJ",
        b"Tj",
        b"Tz",
        b"Tr",
        b"cm",
        b"re",
        b"f",
        b"S",
        b"BI",
        b"ID",
        b"EI",
        b"Do",
        b"gs",
    ),
)


def mutated_pdf(data: bytes, random: Random, mutate: Callable[[bytes, int], bytes]) -> bytes:
    """A PDF file with one to four of its tokens changed, or now and then its bytes; its table of objects holds.

    Args:
        data: the file.
        random: what chooses.
        mutate: changes bytes, given how many there may be at most.
    """
    if random.random() < _RAW:
        return mutate(data, len(data) + 256)
    for _ in range(random.randint(1, 4)):
        data = _changed(data, random)
    return mended(data)


def _changed(data: bytes, random: Random) -> bytes:
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return data
    chosen, other = random.choice(tokens), random.choice(tokens)
    what = random.choice(("hostile", "other", "gone", "again"))
    if what == "hostile":
        return data[: chosen.start()] + random.choice(HOSTILE) + data[chosen.end() :]
    if what == "other":
        return data[: chosen.start()] + other.group() + data[chosen.end() :]
    if what == "gone":
        return data[: chosen.start()] + data[chosen.end() :]
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at:at] = lines[at : at + random.randint(1, 12)] * random.choice((1, 1, 30))
    return b"\n".join(lines)


def mended(data: bytes) -> bytes:
    """A PDF file whose streams are as long as they say, and whose objects are where its table says."""
    data = _STREAM.sub(lambda found: b"%s%d%s%s%s" % (found[1], len(found[3]), found[2], found[3], found[4]), data)
    found = _TRAILER.search(data)
    if found is None:
        return data
    body, trailer = data[: found.start()], found[1]
    places = {int(each[1]): each.start() for each in _OBJECT.finditer(body)}
    most = min(max(places, default=0), 10_000)
    table = [b"xref\n0 %d\n0000000000 65535 f \n" % (most + 1)]
    table += [b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, most + 1)]
    return body + b"".join(table) + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)
