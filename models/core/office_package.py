"""Office files as packages: measured by a reader that builds nothing, before any other program reads them.

An Office file is a ZIP archive of XML parts. A small one can unpack to any size, and its XML can ask a program for any
amount of memory and time. So the archive, the size of each part, and the number, depth and length of the XML elements
are limited here; within the limits, to read all parts takes about a second and a few megabytes.
"""

import posixpath
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models.core.text import MEGABYTE
from models.core.vocabulary import Word

MAX_MEGABYTES = 10
"""The largest file that is taken from outside."""
MAX_BYTES = MAX_MEGABYTES * MEGABYTE
MAX_PARTS = 5_000
MAX_UNPACKED = 30_000_000
MAX_RATIO, SMALL_PART = 100, 1_000_000
"""How much larger than in the archive a part may be; a small part may have any ratio."""
MAX_ELEMENTS, MAX_DEPTH, MAX_TAG = 300_000, 100, 200_000
"""XML elements of the whole file; how deep they are nested; the bytes of one tag or comment."""

IS_ENCRYPTED = 0x1
ENTRY = b"PK\x01\x02"
CHUNK = 1 << 16
TYPES = "[Content_Types].xml"
XML_ENDINGS = (".xml", ".rels", ".vml")
UNREADABLE = (BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, ExpatError)
"""What is raised for each kind of damage: no archive, encrypted, packed by another method, cut off, broken XML."""

StartOfElement = Callable[[str, Mapping[str, str]], None]
EndOfElement = Callable[[str], None]
ReadText = Callable[[str], None]


class OfficeFile(Word):
    """A kind of Office file: its ending, and the program that makes it."""

    WORKBOOK = "xlsx", "Excel"
    DOCUMENT = "docx", "Word"
    SLIDES = "pptx", "PowerPoint"

    @property
    def saved_again(self) -> str:
        """The remedy for most faults of a file."""
        return f"open it in {self.label} and save it again as .{self.value}"


ROOTS = {"workbook": OfficeFile.WORKBOOK, "document": OfficeFile.DOCUMENT, "presentation": OfficeFile.SLIDES}
"""The kind of a file, by the first element of its main part."""


class PackageRefused(Exception):
    """A file is not opened: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what}; {remedy}")


class Relation(NamedTuple):
    """What a part refers to: by which key, the last word of the type, the target as it is written, and where it is.

    `source` is the name of the part that refers to it.
    """

    source: str
    key: str
    kind: str
    target: str
    is_external: bool

    @property
    def part(self) -> str:
        """The name of the part that the target is."""
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self.source), self.target)).lstrip("/")


class Package:
    """The parts of an Office file; `measure` says whether all of them are within the limits."""

    def __init__(self, content: bytes, wanted: OfficeFile) -> None:
        """Raise PackageRefused for what is not an archive, or not one as Office makes them."""
        self.damaged = PackageRefused("is damaged or incomplete", wanted.saved_again)
        # Counted before ZipFile reads the table of contents, which takes far more memory than its bytes.
        if content.count(ENTRY) > MAX_PARTS:
            raise PackageRefused(f"has more than {MAX_PARTS:,} parts", wanted.saved_again)
        try:
            self._archive = ZipFile(BytesIO(content))
        except UNREADABLE as error:
            raise self.damaged from error
        parts = self._archive.infolist()
        if any(part.flag_bits & IS_ENCRYPTED for part in parts):
            raise PackageRefused("is protected by a password", "take the password off and save it again")
        if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
            raise self.damaged
        self.parts: Mapping[str, ZipInfo] = {part.filename: part for part in parts}
        self.wanted = wanted

    def measure(self) -> None:
        """Raise PackageRefused unless every part, also pictures and what nobody reads, is within the limits."""
        self._measure(self._archive.infolist())

    def measure_relations(self) -> None:
        """The same for the parts that say what the others are, where nothing else is read."""
        parts = self._archive.infolist()
        self._measure([part for part in parts if part.filename == TYPES or part.filename.lower().endswith(".rels")])

    def _measure(self, parts: list[ZipInfo]) -> None:
        if sum(part.file_size for part in parts) > MAX_UNPACKED or any(map(_is_padded, parts)):
            remedy = "copy what it contains into a new file"
            raise PackageRefused(f"unpacks to far more than a .{self.wanted.value} of its size contains", remedy)
        elements = 0

        def count(_name: str, _attributes: Mapping[str, str]) -> None:
            nonlocal elements
            elements += 1
            if elements > MAX_ELEMENTS:
                what = f"contains more than {MAX_ELEMENTS:,} cells, formats and other elements"
                raise PackageRefused(what, "delete empty rows and columns, or copy what is needed into a new file")

        for part in parts:
            self._walk(part, count, is_xml=part.filename.lower().endswith(XML_ENDINGS))

    def kind(self) -> OfficeFile | None:
        """The kind of file that its main part is; None for any other archive."""
        main = self.main_part()
        try:
            if main:
                self.walk(main, _stop_at_root)
        except _RootRead as root:
            return ROOTS.get(str(root))
        return None

    def main_part(self) -> str | None:
        """The name of the part with the workbook, the document or the slides."""
        mains = (relation.part for relation in self.relations("") if relation.kind == "officeDocument")
        return next((part for part in mains if part in self.parts), None)

    def relations(self, source: str) -> list[Relation]:
        """What a part refers to; the whole file is the part without a name."""
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        return self._relations(part, source) if part in self.parts else []

    def every_relation(self) -> Iterator[Relation]:
        """What any part refers to."""
        for part in self.parts:
            if part.lower().endswith(".rels"):
                yield from self._relations(part, part)

    def _relations(self, part: str, source: str) -> list[Relation]:
        relations: list[Relation] = []

        def start(name: str, given: Mapping[str, str]) -> None:
            if name == "Relationship":
                kind, is_external = given.get("Type", "").rpartition("/")[2], given.get("TargetMode", "") == "External"
                relations.append(Relation(source, given.get("Id", ""), kind, given.get("Target", ""), is_external))

        self.walk(part, start)
        return relations

    def content_types(self) -> set[str]:
        """The types that the table of contents gives to the parts."""
        types: set[str] = set()
        if TYPES in self.parts:
            self.walk(TYPES, lambda _name, given: types.add(given.get("ContentType", "")))
        return types

    def beginnings(self, length: int) -> Iterator[bytes]:
        """The first bytes of each part."""
        for part in self._archive.infolist():
            try:
                with self._archive.open(part) as stream:
                    beginning = stream.read(length)
            except UNREADABLE as error:
                raise self.damaged from error
            yield beginning

    def walk(
        self, part: str, start: StartOfElement, end: EndOfElement | None = None, text: ReadText | None = None
    ) -> None:
        """Read a part from its beginning to its end; names come without the prefix of their namespace."""
        self._walk(self.parts[part], start, end, text)

    def _walk(
        self,
        part: ZipInfo,
        start: StartOfElement,
        end: EndOfElement | None = None,
        text: ReadText | None = None,
        *,
        is_xml: bool = True,
    ) -> None:
        depth = 0

        def started(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal depth, is_xml
            is_xml, depth = True, depth + 1
            if depth > MAX_DEPTH:
                raise PackageRefused(f"nests its content more than {MAX_DEPTH} deep", self.wanted.saved_again)
            start(name.rpartition(":")[2], attributes)

        def ended(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end:
                end(name.rpartition(":")[2])

        try:
            self._parse(part, started, ended, text)
        except ExpatError as error:
            if is_xml:  # a picture is not, which its first bytes show
                raise self.damaged from error
        except UNREADABLE as error:
            raise self.damaged from error

    def _parse(self, part: ZipInfo, start: StartOfElement, end: EndOfElement, text: ReadText | None) -> None:
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        if text:
            parser.CharacterDataHandler = text
        with self._archive.open(part) as stream:
            size = 0
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                parser.Parse(chunk, False)  # noqa: FBT003  # takes no keyword
                # A tag that has not ended yet is kept by the parser: without end, it would fill the memory.
                if size - parser.CurrentByteIndex > MAX_TAG:
                    raise PackageRefused("contains a tag that is too long", self.wanted.saved_again)
            parser.Parse(b"", True)  # noqa: FBT003  # as above

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise PackageRefused("declares its own document type", self.wanted.saved_again)


class _RootRead(Exception):
    """The first element of a part, which is all that was wanted of it."""


def _stop_at_root(name: str, _attributes: Mapping[str, str]) -> None:
    raise _RootRead(name)


def _is_padded(part: ZipInfo) -> bool:
    return part.file_size > max(SMALL_PART, MAX_RATIO * part.compress_size)
