"""Text boxes and pictures that lie over the cells of a workbook."""

from io import BytesIO
from zipfile import ZipFile

from models.core.drawings import drawings_of


def text_box(*paragraphs):
    """A text box as spreadsheet programs write it: each paragraph may have several runs."""
    runs = ["".join(f"<a:r><a:rPr/><a:t>{run}</a:t></a:r>" for run in paragraph) for paragraph in paragraphs]
    lines = "".join(f"<a:p>{paragraph}</a:p>" for paragraph in runs)
    return f"<xdr:sp><xdr:txBody><a:bodyPr/>{lines}</xdr:txBody></xdr:sp>"


def package(**parts):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def test_every_text_box_and_picture_is_found_with_its_words():
    boxes = text_box(["Ask ", "Ms Sok"], ["before June &amp; July"]) + text_box(["ចាប់"]) + text_box([" "])
    content = package(
        **{
            "xl/drawings/drawing1.xml": f"<xdr:wsDr>{boxes}</xdr:wsDr>",
            "xl/drawings/vmlDrawing1.vml": "<a:t>a comment</a:t>",
            "xl/media/image1.png": b"",
            "xl/worksheets/sheet1.xml": "<a:t>a cell</a:t>",
        }
    )

    assert [
        ("text box", "Ask Ms Sok before June & July"),
        ("text box", "ចាប់"),
        ("picture", "image1.png"),
    ] == list(drawings_of(content))


def test_a_workbook_without_them_has_none():
    assert [] == list(drawings_of(package(**{"xl/workbook.xml": "<workbook/>"})))
