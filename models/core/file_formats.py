"""What a file from outside is, by its content: the file that was wanted, or which other one, with the step that helps.

The ending of its name is not looked at: people rename files, and programs export one format under another's ending.
"""

import re
from typing import NamedTuple

from models.core.office_package import MAX_BYTES, MAX_MEGABYTES, OfficeFile, Package, PackageRefused

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The beginning of a compound file: Office before 2007, encrypted files, the macros and the objects within others."""
ARCHIVE = b"PK"


class OtherFormat(NamedTuple):
    """A format that was not wanted: what it is called, and which Office program opens it and saves it as its own."""

    name: str
    opened_in: OfficeFile | None = None


ENCRYPTED = "EncryptedPackage"
STREAMS = {
    "WordDocument": OtherFormat("a document of Word 97-2003 (.doc)", OfficeFile.DOCUMENT),
    "PowerPoint Document": OtherFormat("a presentation of PowerPoint 97-2003 (.ppt)", OfficeFile.SLIDES),
    "Workbook": OtherFormat("a workbook of Excel 97-2003 (.xls)", OfficeFile.WORKBOOK),
    "Book": OtherFormat("a workbook of Excel 5 (.xls)", OfficeFile.WORKBOOK),
}
"""What a compound file is, by the name of one of its streams."""

BEGINNINGS = {
    b"%PDF-": OtherFormat("a PDF"),
    b"{\\rtf": OtherFormat("a text in rich text format (.rtf)", OfficeFile.DOCUMENT),
    b"\x89PNG": OtherFormat("a picture"),
    b"\xff\xd8\xff": OtherFormat("a picture"),
    b"GIF8": OtherFormat("a picture"),
    b"Rar!": OtherFormat("an archive (.rar)"),
    b"7z\xbc\xaf": OtherFormat("an archive (.7z)"),
    b"\x1f\x8b": OtherFormat("an archive (.gz)"),
}
OPEN_DOCUMENT = {
    b"opendocument.spreadsheet": OtherFormat("a spreadsheet of LibreOffice (.ods)", OfficeFile.WORKBOOK),
    b"opendocument.text": OtherFormat("a text of LibreOffice (.odt)", OfficeFile.DOCUMENT),
    b"opendocument.presentation": OtherFormat("a presentation of LibreOffice (.odp)", OfficeFile.SLIDES),
}
OTHER_PARTS = {
    "xl/workbook.bin": OtherFormat("an Excel binary workbook (.xlsb)", OfficeFile.WORKBOOK),
    "Index/Document.iwa": OtherFormat("a file of Apple's Numbers, Pages or Keynote"),
}
OFFICE_FILES = {
    OfficeFile.WORKBOOK: OtherFormat("an Excel workbook (.xlsx)"),
    OfficeFile.DOCUMENT: OtherFormat("a Word document (.docx)"),
    OfficeFile.SLIDES: OtherFormat("a PowerPoint presentation (.pptx)"),
}
TEXT = OtherFormat("a text file (.csv or .txt)", OfficeFile.WORKBOOK)
WEB_PAGE = OtherFormat("a web page or XML", OfficeFile.WORKBOOK)
UNKNOWN = OtherFormat("a file of another program")
ARCHIVED = OtherFormat("an archive (.zip)")

WANTED = {
    OfficeFile.WORKBOOK: ("an Excel workbook", "Excel Workbook (.xlsx)"),
    OfficeFile.DOCUMENT: ("a Word document", "Word Document (.docx)"),
    OfficeFile.SLIDES: ("a PowerPoint presentation", "PowerPoint Presentation (.pptx)"),
}
"""What each kind is called, and what its program calls it when it is saved."""
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
SAMPLE = 4096


def open_package(content: bytes, wanted: OfficeFile) -> Package:
    """Return the file as a package within all limits, without macros, objects or a template elsewhere.

    Raises PackageRefused otherwise; another format is named as what it is.
    """
    if len(content) > MAX_BYTES:
        raise PackageRefused(
            f"is larger than {MAX_MEGABYTES} MB", "take out its pictures, or copy the rest to a new file"
        )
    _refuse_other_format(content, wanted)
    package = Package(content, wanted)
    package.measure()
    _refuse_another_kind(content, package)
    _refuse_active_content(package)
    return package


def check_package(content: bytes, wanted: OfficeFile) -> None:
    """Raise PackageRefused as `open_package` does, but for its limits, where only what a file is has to be known."""
    _refuse_other_format(content, wanted)
    package = Package(content, wanted)
    package.measure_relations()
    _refuse_another_kind(content, package)
    _refuse_active_content(package)


def _refuse_another_kind(content: bytes, package: Package) -> None:
    kind = package.kind()
    if kind is not package.wanted:
        raise _another(OFFICE_FILES[kind] if kind else _archive_format(content, package), package.wanted)


def _refuse_other_format(content: bytes, wanted: OfficeFile) -> None:
    """Raise PackageRefused for what is not an archive, and names what it is."""
    if content.startswith(COMPOUND):
        if ENCRYPTED.encode("utf-16-le") in content:
            remedy = f"open it in {wanted.label}, take the password off (File, Info, Protect), and save it again"
            raise PackageRefused("is protected by a password", remedy)
        streams = (kind for name, kind in STREAMS.items() if name.encode("utf-16-le") in content)
        raise _another(next(streams, UNKNOWN), wanted)
    if not content.startswith(ARCHIVE):
        raise _another(_format_of(content), wanted) if content else PackageRefused("is empty", "choose the file again")


def _refuse_active_content(package: Package) -> None:
    """Raise PackageRefused for macros of any kind, objects of other programs, and a template on another computer.

    By the content of each part and by what the parts refer to: their names can be changed.
    """
    types = " ".join(package.content_types()).lower()
    relations = list(package.every_relation())
    kinds = {relation.kind.lower() for relation in relations}
    names = "".join(package.parts).lower()
    if any(mark in types + names for mark in ("macroenabled", "vbaproject", "macrosheet")) or kinds & MACROS:
        raise PackageRefused("contains macros", f"save it as .{package.wanted.value} without macros")
    if kinds & OBJECTS or any(beginning == COMPOUND for beginning in package.beginnings(len(COMPOUND))):
        raise PackageRefused(
            "contains macros or an object of another program", "take them out, or save the file as PDF"
        )
    templates = (relation.target for relation in relations if relation.kind.lower() == "attachedtemplate")
    if not all(map(_is_on_this_computer, templates)):
        remedy = "choose Normal.dotm in Word (Developer, Document Template), or save the file as PDF"
        raise PackageRefused("takes its template from another computer", remedy)


MACROS = {"vbaproject", "xlmacrosheet", "xlintlmacrosheet", "wordvbadata"}
OBJECTS = {"oleobject", "control", "activexcontrolbinary"}


def _is_on_this_computer(target: str) -> bool:
    """Whether a template is on a drive, as Word writes it for every document that is not based on Normal.dotm."""
    path = re.sub(r"^file:/{0,3}", "", target, flags=re.IGNORECASE)
    return bool(re.match(r"[A-Za-z]:[\\/]", path)) or not re.search(r"[\\/:]", path)


def _another(given: OtherFormat, wanted: OfficeFile) -> PackageRefused:
    name, as_saved = WANTED[wanted]
    remedy = f"choose the .{wanted.value} file itself"
    if given.opened_in is wanted:
        remedy = f"open it in {wanted.label} and save it as {as_saved}"
    return PackageRefused(f"is {given.name}, not {name}", remedy)


def _format_of(content: bytes) -> OtherFormat:
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, which has zeros in it
        return TEXT
    if NOT_TEXT.search(content):
        return UNKNOWN
    return WEB_PAGE if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else TEXT


def _archive_format(content: bytes, package: Package) -> OtherFormat:
    kinds = [kind for mark, kind in OPEN_DOCUMENT.items() if mark in content[:SAMPLE]]
    kinds += [kind for part, kind in OTHER_PARTS.items() if part in package.parts]
    return kinds[0] if kinds else ARCHIVED
