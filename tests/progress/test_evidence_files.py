"""Files of evidence are known by their bytes."""

import zipfile
from io import BytesIO

import pytest

from models.core.errors import UpdateRefused
from models.progress.evidence_files import MAX_BYTES, FileType, checked_file, safe_name, size_text


def office(*parts):
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for part in ("[Content_Types].xml", *parts):
            package.writestr(part, "<x/>")
    return made.getvalue()


PDF, PNG, JPG = b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0...."
HTML = b"<!doctype html><script>alert(1)</script>"
GOOD = {
    "a.pdf": (PDF, FileType.PDF),
    "a.DOCX": (office("word/document.xml"), FileType.DOCX),
    "a.xlsx": (office("xl/workbook.xml"), FileType.XLSX),
    "a.pptx": (office("ppt/presentation.xml"), FileType.PPTX),
    "a.png": (PNG, FileType.PNG),
    "a.jpeg": (JPG, FileType.JPG),
    "a.txt": ("Một bản ghi".encode(), FileType.TXT),
    "a.csv": ("Pays;état\n".encode("cp1252"), FileType.CSV),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_allowed_type_is_known_by_its_bytes(name):
    content, kind = GOOD[name]

    assert checked_file(name, content).type is kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", HTML),
        ("report.pdf", b"MZ\x90\x00 a program"),
        ("report.txt", HTML),
        ("report.txt", b"\xef\xbb\xbf  <svg onload=alert(1)>"),
        ("report.csv", b"a,b\x00c"),
        ("report.png", JPG),
        ("report.docx", PDF),
        ("report.docx", office("xl/workbook.xml")),
        ("report.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin")),
        ("report.docx", b"PK\x03\x04 broken"),
    ],
)
def test_a_disguised_file_is_refused(name, content):
    with pytest.raises(UpdateRefused, match="is not what its name says"):
        checked_file(name, content)


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "macro.docm", "program.exe", "none", "", ".pdf"])
def test_other_types_are_refused(name):
    with pytest.raises(UpdateRefused, match="not of a type that can be kept|is not what"):
        checked_file(name, HTML)


def test_an_empty_and_an_oversized_file_are_refused():
    with pytest.raises(UpdateRefused, match="is empty"):
        checked_file("a.pdf", b"")
    with pytest.raises(UpdateRefused, match="the limit is 10 MB"):
        checked_file("a.pdf", PDF + bytes(MAX_BYTES))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\minutes.pdf", "minutes.pdf"),
        ('a"; filename="b.html.pdf', "a filename=b.html.pdf"),
        ("line\r\nbreak.pdf", "linebreak.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("Biên bản.pdf", "Biên bản.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name, safe):
    assert safe_name(name) == safe


def test_a_size_is_told_in_the_reader_s_units():
    assert [size_text(size) for size in (10, 420_300, 2_560_000)] == ["1 kB", "420 kB", "2.6 MB"]
