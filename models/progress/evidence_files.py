"""The check of files of evidence: by their content, not only by their name."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from models.core.errors import UpdateRefused
from models.core.file_formats import check_package
from models.core.office_package import MAX_BYTES, MAX_MEGABYTES, OfficeFile, PackageRefused
from models.core.text import MEGABYTE, listed
from models.core.vocabulary import Word

MAX_NAME = 120


class FileType(Word):
    """A type of file that may be evidence: its ending, and the content type it is sent with."""

    PDF = "pdf", "application/pdf"
    DOCX = "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    PNG = "png", "image/png"
    JPG = "jpg", "image/jpeg"
    TXT = "txt", "text/plain; charset=utf-8"
    CSV = "csv", "text/csv; charset=utf-8"


ENDINGS = {file_type.value: file_type for file_type in FileType} | {"jpeg": FileType.JPG}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be stored: its safe name, its type, and its content."""

    name: str
    type: FileType
    content: bytes


def checked_file(name: str, content: bytes) -> CheckedFile:
    """Return the file if it may be stored; raises UpdateRefused with what is wrong and what to do."""
    safe = safe_name(name)
    kind = ENDINGS.get(safe.rpartition(".")[2].lower())
    if kind is None:
        raise UpdateRefused(f"{safe} is not of a type that can be kept; attach a {listed(tuple(ENDINGS))} file.")
    if not content:
        raise UpdateRefused(f"{safe} is empty; choose the file again.")
    if len(content) > MAX_BYTES:
        raise UpdateRefused(
            f"{safe} has {size_text(len(content))}; the limit is {MAX_MEGABYTES} MB. Attach a smaller file or a link."
        )
    _refuse_disguised(safe, kind, content)
    return CheckedFile(safe, kind, content)


def safe_name(name: str) -> str:
    """Return the name without folders and without characters that are invisible or misleading."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Control, format and private characters: among them those that turn the reading direction ("fdp.exe").
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*;%')
    stem, dot, ending = kept.strip(" .").rpartition(".")
    return f"{stem[: MAX_NAME - len(ending) - 1]}{dot}{ending}" if stem else (ending[:MAX_NAME] or "evidence")


def size_text(size: int) -> str:
    """420 kB."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(size // 1024, 1)} kB"


def _refuse_disguised(name: str, kind: FileType, content: bytes) -> None:
    """Raise UpdateRefused for a file whose content is not of its type, or does more than to be read."""
    if kind in _OFFICE:
        try:
            check_package(content, _OFFICE[kind])
        except PackageRefused as error:
            raise UpdateRefused(f"{name} {error.what}; {error.remedy}.") from error
    elif not _SHOWS[kind](content):
        raise UpdateRefused(f"{name} is not what its name says; open it, save it as {kind.value} and attach that.")


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")


def _is_text(content: bytes) -> bool:
    """Whether the content is text in any 8-bit encoding, and does not begin like a web page."""
    return not _NOT_TEXT.search(content) and not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


_OFFICE = {FileType.DOCX: OfficeFile.DOCUMENT, FileType.XLSX: OfficeFile.WORKBOOK, FileType.PPTX: OfficeFile.SLIDES}
_SHOWS: dict[FileType, Callable[[bytes], bool]] = {
    FileType.PDF: _starts(b"%PDF-"),
    FileType.PNG: _starts(b"\x89PNG\r\n\x1a\n"),
    FileType.JPG: _starts(b"\xff\xd8\xff"),
    FileType.TXT: _is_text,
    FileType.CSV: _is_text,
}
