"""What a file is, is known by its content; each that cannot be taken is called what it is, with the step that helps."""

import pytest

from models.core.file_formats import check_package, open_package
from models.core.office_package import MAX_BYTES, OfficeFile, PackageRefused
from tests.kit.office_files import COMPOUND, archive, compound_file, office_file, relations

EXTERNAL = 'TargetMode="External"'
SAVE = "open it in Excel and save it as Excel Workbook (.xlsx)"
CHOOSE = "choose the .xlsx file itself"
LOCKED = "is protected by a password; open it in Excel, take the password off (File, Info, Protect), and save it again"
OPEN_DOCUMENT = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}

OTHER_FORMATS = {
    "a locked workbook": (compound_file("EncryptedPackage"), LOCKED),
    "an old workbook": (
        compound_file("Workbook"),
        f"is a workbook of Excel 97-2003 (.xls), not an Excel workbook; {SAVE}",
    ),
    "an old document": (
        compound_file("WordDocument"),
        f"is a document of Word 97-2003 (.doc), not an Excel workbook; {CHOOSE}",
    ),
    "another compound file": (compound_file("Visio"), f"is a file of another program, not an Excel workbook; {CHOOSE}"),
    "LibreOffice": (archive(OPEN_DOCUMENT), f"is a spreadsheet of LibreOffice (.ods), not an Excel workbook; {SAVE}"),
    "a binary workbook": (
        archive({"xl/workbook.bin": b"\x83"}),
        f"is an Excel binary workbook (.xlsb), not an Excel workbook; {SAVE}",
    ),
    "a Word document": (office_file("docx"), f"is a Word document (.docx), not an Excel workbook; {CHOOSE}"),
    "slides": (office_file("pptx"), f"is a PowerPoint presentation (.pptx), not an Excel workbook; {CHOOSE}"),
    "an archive": (archive({"a.txt": "a"}), f"is an archive (.zip), not an Excel workbook; {CHOOSE}"),
    "a PDF": (b"%PDF-1.7 ...", f"is a PDF, not an Excel workbook; {CHOOSE}"),
    "a photograph": (b"\xff\xd8\xff\xe0", f"is a picture, not an Excel workbook; {CHOOSE}"),
    "text": (b"key,title\n", f"is a text file (.csv or .txt), not an Excel workbook; {SAVE}"),
    "text in UTF-16": ("key\ttitle".encode("utf-16"), f"is a text file (.csv or .txt), not an Excel workbook; {SAVE}"),
    "a web page": (b"\xef\xbb\xbf\n<html>", f"is a web page or XML, not an Excel workbook; {SAVE}"),
    "anything": (b"\x00\x01\x02", f"is a file of another program, not an Excel workbook; {CHOOSE}"),
    "nothing": (b"", "is empty; choose the file again"),
    "a large file": (
        bytes(MAX_BYTES + 1),
        "is larger than 10 MB; take out its pictures, or copy the rest to a new file",
    ),
}


@pytest.mark.parametrize("case", OTHER_FORMATS)
def test_another_format_is_named_with_the_step_that_helps(case):
    content, words = OTHER_FORMATS[case]
    with pytest.raises(PackageRefused) as refused:
        open_package(content, OfficeFile.WORKBOOK)

    assert words == str(refused.value)


@pytest.mark.parametrize("kind", OfficeFile)
def test_a_file_that_is_what_it_should_be_is_taken_whatever_else_its_name_says(kind):
    assert open_package(office_file(kind.value), kind).kind() is kind


REMOTE = relations(a=("attachedTemplate", "https://example.org/letter.dotm", EXTERNAL))
ACTIVE: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "macros": ({"word/vbaProject.bin": COMPOUND}, "", "contains macros"),
    "macros under another name": ({"word/picture.png": COMPOUND + b"..."}, "", "contains macros or an object"),
    "macros by type": (
        {},
        '<Override PartName="/a" ContentType="application/vnd.ms-office.vbaProject"/>',
        "contains macros",
    ),
    "a document with macros under a plain name": (
        {},
        '<Override PartName="/a" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
        "contains macros",
    ),
    "a macro sheet": (
        {"xl/_rels/workbook.xml.rels": relations(a=("xlMacrosheet", "worksheets/sheet1.xml", ""))},
        "",
        "contains macros",
    ),
    "a macro sheet by type, spelt with an entity": (
        {},
        '<Override PartName="/a" ContentType="application/vnd.ms-excel.&#109;acrosheet+xml"/>',
        "contains macros",
    ),
    "an object": ({"word/embeddings/oleObject1.bin": COMPOUND}, "", "contains macros or an object of another program"),
    "a linked object": (
        {"word/_rels/document.xml.rels": relations(a=("oleObject", "file:///C:/a.xlsx", EXTERNAL))},
        "",
        "contains macros or an object of another program",
    ),
    "a template on the web": ({"word/_rels/settings.xml.rels": REMOTE}, "", "takes its template from another computer"),
    "a template on a server": (
        {"word/_rels/settings.xml.rels": relations(a=("attachedTemplate", r"file:///\\server\a.dotx", EXTERNAL))},
        "",
        "takes its template from another computer",
    ),
}


@pytest.mark.parametrize("case", ACTIVE)
@pytest.mark.parametrize("check", [open_package, check_package])
def test_what_runs_or_loads_by_itself_is_refused_whatever_it_is_called(check, case):
    parts, types, words = ACTIVE[case]

    with pytest.raises(PackageRefused, match=words):
        check(office_file("docx", parts, types=types), OfficeFile.DOCUMENT)


@pytest.mark.parametrize(
    "template", ["file:///C:\\Templates\\Letter.dotx", "C:\\a.dotx", "Normal.dotm", "file:///D:/a.dotx"]
)
def test_a_template_on_ones_own_drive_is_usual(template):
    settings: dict[str, str | bytes] = {
        "word/_rels/settings.xml.rels": relations(a=("attachedTemplate", template, EXTERNAL))
    }

    check_package(office_file("docx", settings), OfficeFile.DOCUMENT)


def test_the_workbook_behind_a_chart_is_usual():
    parts = {
        "word/embeddings/chart.xlsx": office_file("xlsx"),
        "word/media/image1.png": b"\x89PNG",
        "word/a.bin": b"D\0",
    }

    check_package(office_file("docx", parts), OfficeFile.DOCUMENT)
