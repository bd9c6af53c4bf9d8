"""Files of evidence are known by their bytes."""

import pytest

from models.core.errors import UpdateRefused
from models.core.office_package import MAX_BYTES
from models.core.text import MEGABYTE
from models.progress.evidence_files import FileType, checked_file, safe_name, size_text
from tests.kit.office_files import COMPOUND, compound_file, office_file

PDF, PNG, JPG = b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0...."
HTML = b"<!doctype html><script>alert(1)</script>"
GOOD = {
    "a.pdf": (PDF, FileType.PDF),
    "a.DOCX": (office_file("docx"), FileType.DOCX),
    "a.xlsx": (office_file("xlsx"), FileType.XLSX),
    "a.pptx": (office_file("pptx"), FileType.PPTX),
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
    ],
)
def test_a_disguised_file_is_refused(name, content):
    with pytest.raises(UpdateRefused, match="is not what its name says"):
        checked_file(name, content)


CHOOSE = "choose the .docx file itself."
DISGUISED = {
    "report.docx": (PDF, f"is a PDF, not a Word document; {CHOOSE}"),
    "table.docx": (
        office_file("xlsx"),
        f"is an Excel workbook (.xlsx), not a Word document; {CHOOSE}",
    ),
    "table.xlsx": (
        office_file("xlsx", {"xl/vbaProject.bin": b"x"}),
        "contains macros; save it as .xlsx without macros.",
    ),
    "renamed.xlsx": (
        office_file("xlsx", {"xl/theme.xml": COMPOUND}),
        "contains macros or an object of another program; take them out, or save the file as PDF.",
    ),
    "broken.pptx": (
        b"PK\x03\x04 broken",
        "is damaged or incomplete; open it in PowerPoint and save it again as .pptx.",
    ),
    "locked.docx": (
        compound_file("EncryptedPackage"),
        "is protected by a password; open it in Word, take the password off (File, Info, Protect), and save it again.",
    ),
}


@pytest.mark.parametrize("name", DISGUISED)
def test_an_office_file_that_is_not_what_its_name_says_is_called_what_it_is(name):
    content, words = DISGUISED[name]
    with pytest.raises(UpdateRefused) as refused:
        checked_file(name, content)

    assert f"{name} {words}" == str(refused.value)


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


def test_a_size_is_stated_in_the_reader_s_units():
    assert [size_text(size) for size in (10, 430_080, 10 * MEGABYTE)] == ["1 kB", "420 kB", "10.0 MB"]
