"""The slides in LibreOffice: every word of them is shown."""

from reports.formats.powerpoint.write import write_powerpoint
from tests.office.libreoffice import converted, needs_libreoffice, text_of_pdf


def pages(report, folder):
    """The slides as they are shown, each with its words in one line."""
    path = folder / "report.pptx"
    path.write_bytes(write_powerpoint(report))
    return [" ".join(page.split()) for page in text_of_pdf(converted(path, "pdf", folder)).split("\f") if page.strip()]


@needs_libreoffice
def test_every_slide_is_shown_with_its_title_mark_and_foot(demonstration, tmp_path):
    slides = pages(demonstration, tmp_path)

    assert len(slides) == 8
    assert all(demonstration.demonstration in page for page in slides)
    assert all(set(demonstration.foot.split()) <= set(page.split()) for page in slides)
    assert demonstration.section("glance").title in slides[2]
    assert demonstration.section("trend").title in slides[4]


@needs_libreoffice
def test_before_the_first_report_the_slides_are_shown_too(nothing_reported, tmp_path):
    assert nothing_reported.section("headlines").blocks[0].text in " ".join(pages(nothing_reported, tmp_path))
