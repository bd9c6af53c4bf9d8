"""Files made to exhaust whoever reads them: small, and without end for a program that trusts them.

Each is a plan workbook or a report template into which one thing was put, so that nothing else is wrong with it.
"""

import random
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from itertools import chain
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

from models.plan.schema import Initiative

SHEET, STRINGS, STYLES, WORKBOOK, RELATIONS = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'
FOOT = "</sheetData></worksheet>"

NAMES = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in Initiative.model_fields)
DATE_STYLE = '<xf numFmtId="14"/>'
DATES = f'<styleSheet xmlns="{MAIN}"><cellXfs>{DATE_STYLE * 9}</cellXfs></styleSheet>'

Change = Callable[[bytes], bytes]
Hostile = Callable[[bytes], bytes]
"""Makes a hostile file from a workbook."""


def repacked(content: bytes, changes: Mapping[str, Change | bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    """The file with parts changed or added."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", method) as target:
        for name in source.namelist():
            change = changes.get(name, source.read(name))
            target.writestr(name, change if isinstance(change, bytes) else change(source.read(name)))
        for name, change in changes.items():
            if isinstance(change, bytes) and name not in source.namelist():
                target.writestr(name, change)
    return out.getvalue()


def noise(size: int) -> bytes:
    """Bytes that no archive packs, the same each time."""
    return random.Random(7).randbytes(size)  # noqa: S311  # the same each time, which a test needs


def _before(mark: str, added: str) -> Change:
    return lambda part: part.replace(mark.encode(), (added + mark).encode(), 1)


def _after(mark: str, added: str) -> Change:
    return lambda part: part.replace(mark.encode(), (mark + added).encode(), 1)


def _sheet(rows: Iterable[str], after: str = "") -> bytes:
    return (HEAD + "".join(rows) + "</sheetData>" + after + "</worksheet>").encode()


def _merging(*references: str) -> Hostile:
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    return lambda book: repacked(book, {SHEET: _after("</sheetData>", f"<mergeCells>{merges}</mergeCells>")})


def _rows(rows: int, columns: int, cell: str = "<c><v>1</v></c>") -> Iterator[str]:
    line = f"<row>{cell * columns}</row>"
    return (line for _ in range(rows))


def _putting(**parts: Change | bytes) -> Hostile:
    names = {"sheet": SHEET, "styles": STYLES, "workbook": WORKBOOK}
    return lambda book: repacked(book, {names[name]: part for name, part in parts.items()})


def _unpackable(part: bytes) -> bytes:
    """The part with so much noise in its remarks that it packs no better than an ordinary one."""
    remarks = noise(len(part) // 120).hex()
    pieces = (remarks[start : start + 50_000] for start in range(0, len(remarks), 50_000))
    return part + "".join(f"<!--{piece}-->" for piece in pieces).encode()


def _beside_noise(sheet: bytes) -> Hostile:
    return lambda book: repacked(book, {SHEET: _unpackable(sheet), "xl/media/image1.png": noise(500_000)})


def _declaring(encoding: str, *, mark: bytes = b"") -> Hostile:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    return _putting(sheet=mark + text.encode(encoding))


def _laughing() -> bytes:
    entities = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]><a>&a9;</a>'.encode()


def _quadratic() -> bytes:
    return f'<!DOCTYPE a [<!ENTITY b "{"b" * 50_000}">]><a>{"&b;" * 50_000}</a>'.encode()


def _many_parts(book: bytes) -> bytes:
    return repacked(book, {f"xl/media/{number}.png": b"" for number in range(60_000)})


def _nested(book: bytes) -> bytes:
    inner = repacked(book, {"bomb": bytes(60_000_000)})
    for _ in range(3):
        outer = BytesIO()
        with ZipFile(outer, "w", ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", inner)
        inner = outer.getvalue()
    return inner


def _wrong_checksum(book: bytes) -> bytes:
    """The checksum of the first sheet is another, in both places where it is written."""
    with ZipFile(BytesIO(book)) as archive:
        checksum = struct.pack("<I", archive.getinfo(SHEET).CRC)
    return book.replace(checksum, bytes(byte ^ 0xFF for byte in checksum))


def _lying_size(book: bytes) -> bytes:
    """A sheet of 60 MB, of which the table of contents says that it has 1 kB."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b" " * 60_000_000) + packer.flush()
    longer = repacked(book, {"xl/more.xml": b"<a>" + b" " * 1000 + b"</a>"})
    with ZipFile(BytesIO(longer)) as archive:
        entry = archive.getinfo("xl/more.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    # The entries after it are where they were, so that the archive stays readable.
    return longer[:start] + packed[: entry.compress_size] + longer[start + entry.compress_size :]


def _many_sheets(book: bytes) -> bytes:
    sheets = "".join(
        f'<sheet xmlns:r="r" name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 90_000)
    )
    return repacked(book, {WORKBOOK: _before("</sheets>", sheets)})


def _one_part_as_many_sheets(book: bytes) -> bytes:
    sheets = "".join(f'<sheet xmlns:r="r" name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(80))
    return repacked(book, {WORKBOOK: _before("</sheets>", sheets), SHEET: _unpackable(_sheet(_rows(4_000, 40)))})


def with_strings(book: bytes, strings: bytes, sheet: bytes | None = None) -> bytes:
    """The workbook with texts that cells share, which the library does not write, and with another first sheet."""
    relation = (
        '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
        ' Target="/xl/sharedStrings.xml" Id="rId99"/>'
    )
    content_type = (
        '<Override PartName="/xl/sharedStrings.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    )
    changes = {
        STRINGS: strings,
        SHEET: sheet or (lambda part: part),
        RELATIONS: _before("</Relationships>", relation),
        "[Content_Types].xml": _before("</Types>", content_type),
    }
    return repacked(book, changes)


def _sharing(strings: bytes, sheet: bytes | None = None) -> Hostile:
    return lambda book: with_strings(book, strings, sheet)


def shared_strings(texts: Iterable[str]) -> bytes:
    """The part with the texts that cells share."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}">{items}</sst>'.encode()


def _long(megabytes: int) -> str:
    """A long text that packs as an ordinary one."""
    letters = noise(megabytes * 50_000).hex()
    return "".join(f"{letters[start : start + 1000]} {'and so on ' * 900}" for start in range(0, len(letters), 1000))


REFUSED: dict[str, Hostile] = {
    "a merge of the whole sheet": _merging("A1:XFD1048576"),
    "a merge of two million cells": _merging("A1:CV20000"),
    "many merges": _merging(*(f"A{row}:CV{row}" for row in range(1, 3_000))),
    "two million cells beside a picture": _beside_noise(_sheet(_rows(20_000, 100))),
    "two million styled cells without content": _beside_noise(_sheet(_rows(20_000, 100, '<c s="1"/>'))),
    "a million empty rows": _beside_noise(_sheet(["<row/>"] * 1_000_000)),
    "padding": _putting(sheet=_after("</sheetData>", " " * 48_000_000)),
    "padding beside a picture": _beside_noise(_sheet([" " * 48_000_000])),
    "padding in a picture": lambda book: repacked(book, {"xl/media/image1.png": bytes(60_000_000)}),
    "deep XML": _putting(sheet=_unpackable(b"<a>" * 200_000 + b"</a>" * 200_000)),
    "deep XML in a part that nobody reads": lambda book: repacked(book, {"a.bin": b"<a>" * 9_000}),
    "many parts": _many_parts,
    "archives in archives": _nested,
    "entities without end": _putting(sheet=_laughing()),
    "one long entity many times": _putting(sheet=_quadratic()),
    "a document type in UTF-8": _declaring("utf-8"),
    "a document type in UTF-8 with its mark": _declaring("utf-8", mark=b"\xef\xbb\xbf"),
    "a document type in UTF-16": _declaring("utf-16"),
    "a document type in UTF-16, big end first": _declaring("utf-16-be", mark=b"\xfe\xff"),
    "a document type in UTF-32": _declaring("utf-32"),
    "a document type in UTF-7": _declaring("utf-7"),
    "a document type in Latin-1": _declaring("latin-1"),
    "a document type in EBCDIC": _declaring("cp037"),
    "a document type in a picture": lambda book: repacked(book, {"xl/media/a.png": b"<!DOCTYPE a><a/>"}),
    "long texts that are shared": _sharing(shared_strings([_long(12)])),
    "many texts that are shared": _sharing(_unpackable(shared_strings(["word"] * 210_000))),
    "half a million styles": _putting(
        styles=_unpackable(f"<styleSheet><cellXfs>{'<xf/>' * 500_000}</cellXfs></styleSheet>".encode())
    ),
    "a tag of 40 MB": _beside_noise(b'<a b="' + _long(25).encode() + b'"/>'),
    "a tag with a million attributes": _beside_noise(
        b"<a " + b" ".join(b'a%d=""' % number for number in range(1_000_000)) + b"/>"
    ),
    "a comment of 40 MB": _beside_noise(b"<!--" + _long(25).encode() + b"--><a/>"),
    "a checksum that is wrong": _wrong_checksum,
    "the first half": lambda book: book[: len(book) // 2],
    "all but the last bytes": lambda book: book[:-100],
    "a part that is longer than it says": _lying_size,
    "ninety thousand sheets": _many_sheets,
    "one part as many sheets": _one_part_as_many_sheets,
    "packed by another method": lambda book: repacked(book, {}, method=ZIP_LZMA),
    "a cell beyond the last": _putting(sheet=_sheet(['<row r="1"><c r="A99999999999"><v>1</v></c></row>'])),
    "a number of a million digits": _putting(sheet=_sheet([f"<row><c><v>{'9' * 900_000}</v></c></row>"])),
    "cells in the corners of a large sheet": _putting(
        sheet=_sheet(['<row r="1"><c r="A1"><v>1</v></c></row><row r="5000"><c r="CV5000"><v>1</v></c></row>'])
    ),
    "a cell in each of five thousand rows": _putting(
        sheet=_sheet(f'<row r="{row}"><c r="CV{row}"><v>1</v></c></row>' for row in range(1, 5_001))
    ),
    "thirty thousand wrong cells": _putting(
        sheet=_unpackable(_sheet(chain([f"<row>{NAMES}</row>"], _rows(1_000, 28, "<c><f>1</f></c>"))))
    ),
    "a hundred thousand dates": _putting(
        sheet=_unpackable(_sheet(_rows(4_000, 30, '<c s="0"><v>1</v></c>'))), styles=DATES.encode()
    ),
    "almost as many dates as are allowed": _putting(
        sheet=_unpackable(_sheet(_rows(900, 30, '<c s="0"><v>1</v></c>'))), styles=DATES.encode()
    ),
    "one text in a hundred thousand cells": _sharing(
        shared_strings(["x" * 30_000]), _unpackable(_sheet(_rows(3_000, 30, '<c t="s"><v>0</v></c>')))
    ),
}
"""What is refused, whoever reads it."""

HARMLESS: dict[str, Hostile] = {
    "a link over the whole sheet": _putting(
        sheet=_after("</sheetData>", '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>')
    ),
    "a head of the page without end": _putting(
        sheet=_after("</sheetData>", f"<headerFooter><oddHeader>{'&amp;C' * 30_000}</oddHeader></headerFooter>")
    ),
    "a number format without end": _putting(
        styles=_before("<fonts", f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 150_000}"/></numFmts>')
    ),
    "a link to another workbook": lambda book: repacked(
        book, {"xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'}
    ),
    "a list of ranges without end": _putting(
        sheet=_after(
            "</sheetData>", f'<dataValidations><dataValidation sqref="{"A1 B2 " * 30_000}"/></dataValidations>'
        )
    ),
}
"""What a spreadsheet program may stumble over, and nobody here looks at."""


BODY = "word/document.xml"
OPEN, CLOSE = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>',
    b"</w:body></w:document>",
)


def _with_body(body: bytes) -> Hostile:
    return lambda document: repacked(document, {BODY: body})


REFUSED_DOCUMENTS: dict[str, Hostile] = {
    "a million paragraphs": _with_body(_unpackable(OPEN + b"<w:p/>" * 1_000_000 + CLOSE)),
    "paragraphs within paragraphs": _with_body(OPEN + b"<w:p>" * 3_000 + b"</w:p>" * 3_000 + CLOSE),
    "padding in a document": _with_body(OPEN + b" " * 60_000_000 + CLOSE),
    "entities in a document": _with_body(_laughing()),
    "a document type in a document": _with_body(b"<!DOCTYPE a>" + OPEN + CLOSE),
    "many parts in a document": _many_parts,
    "the first half of a document": lambda document: document[: len(document) // 2],
}
HARMLESS_DOCUMENTS: dict[str, Hostile] = {
    "as many paragraphs as are allowed": _with_body(_unpackable(OPEN + b"<w:p/>" * 280_000 + CLOSE)),
    "a text of ten million letters": _with_body(
        OPEN + b"<w:p><w:r><w:t>" + _long(9).encode() + b"</w:t></w:r></w:p>" + CLOSE
    ),
}
