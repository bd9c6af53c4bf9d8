"""The report in LibreOffice: it opens, prints, and is saved again without loss."""

import docx
import pytest

from reports.formats.word.write import write_word
from tests.office.libreoffice import converted, needs_libreoffice, text_of_pdf
from tests.reports.formats.conftest import HOSTILE


def printed(report, folder):
    """Its pages as LibreOffice prints them, each with its words in one line."""
    path = folder / "report.docx"
    path.write_bytes(write_word(report))
    return [" ".join(page.split()) for page in text_of_pdf(converted(path, "pdf", folder)).split("\f") if page.strip()]


def headings(path):
    paragraphs = docx.Document(str(path)).paragraphs
    return [one.text for one in paragraphs if one.style is not None and one.style.name == "Heading 1"]


@pytest.fixture(scope="module", name="pages")
def _pages(demonstration, tmp_path_factory):
    return printed(demonstration, tmp_path_factory.mktemp("printed"))


@needs_libreoffice
def test_the_demonstration_prints_with_mark_foot_and_number_on_every_page(demonstration, pages):
    for number, page in enumerate(pages, start=1):
        assert demonstration.demonstration in page
        assert demonstration.foot in page
        assert f"page {number} of {len(pages)}" in page


@needs_libreoffice
def test_action_headlines_and_glance_stand_together_on_the_first_page(demonstration, pages):
    assert all(demonstration.section(key).heading in pages[0] for key in ("action", "headlines", "glance"))
    assert demonstration.section("glance").blocks[0].note in pages[0]
    assert demonstration.section("measures").heading in pages[1]


@needs_libreoffice
def test_no_heading_is_left_alone_at_the_foot_of_a_page_and_no_page_is_empty(demonstration, pages):
    for page in pages:
        body = page.replace(demonstration.foot, "").replace(demonstration.demonstration, "").rpartition("page ")[0]

        assert len(body) > len(demonstration.head.title) + 60
        assert not [one.heading for one in demonstration.sections if body.strip().endswith(one.heading)]


@needs_libreoffice
def test_saved_again_by_libreoffice_it_keeps_its_headings_and_tables(nothing_reported, tmp_path):
    path, again = tmp_path / "report.docx", tmp_path / "again"
    path.write_bytes(write_word(nothing_reported))
    again.mkdir()
    saved = converted(path, "docx", again)

    assert headings(path) == headings(saved)
    assert len(docx.Document(str(path)).tables) == len(docx.Document(str(saved)).tables)


@needs_libreoffice
def test_hostile_words_are_printed_as_they_stand(hostile, tmp_path):
    text = " ".join(printed(hostile, tmp_path))
    spaceless = text.replace(" ", "")

    assert all(one.replace(" ", "") in spaceless for one in HOSTILE[:-1])
    assert text.count("A long tale.") > 760  # one that two pages share is cut by the foot between them
    assert "Tiếng Việt" in text


@needs_libreoffice
def test_the_report_of_one_state_prints_too(described, tmp_path):
    report = described(scope="state:VN")
    text = " ".join(printed(report, tmp_path))

    assert report.head.subtitle in text
    assert all(one.heading in text for one in report.sections)
