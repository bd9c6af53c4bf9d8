"""The PDF: what stands on its pages, how it is tagged, its fonts, and that words in it are only words."""

import dataclasses
import re
from pathlib import Path

import pytest

from models.people.visibility_rules import Display
from reports.formats.shipped_fonts import FOLDER
from reports.formats.typeset import trend_picture, write_pdf
from reports.report import Paragraph, Section, Table, TableCell, TableColumn, TableRow
from tests.kit.poppler import asked, fonts_of, needs_poppler, pages_of, sizes_of
from tests.reports.formats.conftest import ADDRESS, ALPHABETS, HOSTILE, MARKERS, SCRIPTS

A4 = (595.276, 841.89)


@pytest.fixture(scope="module", name="pdf")
def _pdf(demonstration):
    return write_pdf(demonstration)


def closed_up(words):
    """Without spaces and hyphens, which depend on where a line ends."""
    return re.sub(r"[\s-]", "", words)


def spoken(pdf):
    """What is said of each drawing: plain, or in hexadecimal where it holds more than Latin letters."""
    alternatives = re.findall(rb"/Alt(?:\(((?:[^()\\]|\\.)*)\)|<FEFF([0-9A-F]+)>)", pdf)
    texts = (
        plain.decode() if plain else bytes.fromhex(coded.decode()).decode("utf-16-be") for plain, coded in alternatives
    )
    return [text.replace("\u00a0", " ") for text in texts]


def with_section(report, *blocks, title="Words"):
    return dataclasses.replace(report, sections=(Section("words", title, blocks),))


@needs_poppler
def test_page_1_holds_head_action_headlines_and_glance_and_page_2_begins_with_the_measures(demonstration, pdf):
    first, second, third = pages_of(pdf)[:3]

    for word in (demonstration.head.meeting, demonstration.head.state, demonstration.head.title):
        assert word in first
    for key in ("action", "headlines", "glance"):
        assert demonstration.section(key).heading in first
    assert "(a) the status of implementation set out below;" in first
    assert "Each square is one initiative" in first
    assert "By strategic measure" in second
    assert demonstration.section("trend").heading in second
    assert demonstration.section("attention").heading in third


@needs_poppler
def test_every_cell_of_every_table_and_every_bar_is_printed(demonstration, pdf):
    text = closed_up(" ".join(pages_of(pdf)))
    tables = [table for section in demonstration.sections for table in section.tables]
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    (glance,) = demonstration.section("glance").blocks

    for words in (*(one.text for one in cells), *(one.tag for one in cells), *(one.completed for one in glance.rows)):
        assert all(closed_up(line) in text for line in words.split("\n")), words
    assert all(f"{row.progress.percent}%" in text for row in glance.rows)


@needs_poppler
def test_each_page_says_whose_word_it_is_that_it_is_made_up_and_which_page_it_is(demonstration, pdf):
    pages = pages_of(pdf)

    for number, page in enumerate(pages, start=1):
        assert demonstration.foot in page
        assert f"{number} of {len(pages)}" in page
        assert demonstration.demonstration in page


@needs_poppler
def test_real_data_carries_no_mark_of_a_demonstration(nothing_reported):
    pages = pages_of(write_pdf(nothing_reported))

    assert "No report has been received yet." in pages[0]
    assert "No report yet on any of the 43" in pages[0]
    assert not any("DEMONSTRATION" in page for page in pages)


@needs_poppler
def test_the_matrix_alone_lies_on_its_side(pdf):
    turned = [text for text, size in zip(pages_of(pdf), sizes_of(pdf), strict=True) if size == A4[::-1]]

    assert len(turned) == 1
    assert "Annex A" in turned[0]
    assert "Viet Nam" in turned[0]
    assert set(sizes_of(pdf)) == {A4, A4[::-1]}


def test_it_is_tagged_and_keeps_with_a_title_a_language_and_bookmarks(demonstration, pdf):
    for sentence in (
        b"<pdfuaid:part>1<",
        b"<pdfaid:part>2<",
        b"<pdfaid:conformance>A<",
        b"/Lang(en-GB)",
        b"/StructTreeRoot",
    ):
        assert sentence in pdf
    (title,) = re.findall(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", pdf, re.DOTALL)
    assert title.decode() == f"{demonstration.head.title}. {demonstration.demonstration}"
    bookmarks = re.findall(rb"/Title\((Annex .)\.", pdf)
    assert [f"Annex {one.annex}".encode() for one in demonstration.sections if one.annex] == bookmarks


@needs_poppler
def test_a_listener_hears_heads_captions_cells_and_what_each_drawing_shows(demonstration, pdf):
    keys = ("headlines", "glance")
    page_1 = dataclasses.replace(demonstration, sections=tuple(map(demonstration.section, keys)))
    tree = asked("pdfinfo", write_pdf(page_1), "-struct-text")
    (glance,) = demonstration.section("glance").blocks

    assert [tree.count(one) for one in ("H1 ", "Table (block)", "THead", "Caption")] == [2, 2, 2, 1]
    assert tree.count("/Scope /Column") == 5 + 4
    assert f"Table 1. {page_1.section('headlines').tables[0].caption}" in " ".join(tree.split())
    squares = ["; ".join(one.sentence for one in row.squares) for row in glance.rows]
    bars = [row.progress.sentence for row in glance.rows]
    trend = demonstration.section("trend").blocks[0].sentence
    assert sorted([*squares, *bars, trend]) == sorted(spoken(pdf))


@needs_poppler
def test_a_tables_head_is_repeated_on_each_page_it_goes_on(pdf):
    pages = [page for page in pages_of(pdf) if "Commitment Status In its own words" in page]

    assert len(pages) > 3
    assert "Annex E" not in pages[1]


def test_an_initiative_leads_to_the_product(pdf):
    assert f"({ADDRESS}/initiative?initiative=I29&at=AWGIPC-83-noted-1)".encode() in pdf


@needs_poppler
def test_what_others_would_run_is_only_words_and_a_long_text_is_complete(hostile):
    pdf = write_pdf(hostile)
    text = closed_up(" ".join(pages_of(pdf)))

    for words in HOSTILE[:-1]:
        assert closed_up(words) in text
    assert text.count("Alongtale.") >= 770 - 3  # a page's foot may stand within one
    assert b"/JavaScript" not in pdf


def unrepeated(words):
    """The text of a Khmer syllable whose marks stand around it is read twice from a PDF; it is drawn once."""
    return re.sub(r"(.{2,}?)\1+", r"\1", words)


@needs_poppler
def test_each_script_of_the_region_is_drawn_with_the_shipped_fonts_alone(demonstration):
    pdf = write_pdf(
        with_section(demonstration, *map(Paragraph, [*SCRIPTS.values(), "● ◐ ◆ ▲ ‖ ○ · ≥ 👍"]), title=ALPHABETS)
    )
    names, embedded = fonts_of(pdf)
    text = unrepeated(" ".join(asked("pdftotext", pdf).split()))

    assert embedded
    assert {name.removesuffix("-Identity-H") for name in names} <= {path.stem for path in Path(FOLDER).glob("*.[ot]tf")}
    assert {"NotoSansThai-Bold", "NotoSansLao-Regular", "NotoSansKhmer-Bold", "NotoSansMyanmar-Regular"} <= names
    assert [] == [script for script, words in SCRIPTS.items() if unrepeated(words) not in text]
    assert "👍" in text
    assert "cannot be drawn" not in text


@needs_poppler
@pytest.mark.parametrize(
    ("letters", "drawn", "note"),
    [
        ("\ue000", "[U+E000]", "1 character cannot be drawn by the fonts of this document; its code is shown"),
        (
            "𠮷\ue000\ue000",
            "[U+20BB7 U+E000 U+E000]",
            "2 characters cannot be drawn by the fonts of this document; their",
        ),
    ],
)
def test_each_page_says_how_many_characters_are_shown_as_codes(demonstration, letters, drawn, note):
    first = Section("first", "Words", (Paragraph(f"a{letters}b"),))
    second = dataclasses.replace(first, key="second", new_page=True)
    pdf = write_pdf(dataclasses.replace(demonstration, sections=(first, second)))

    assert [True, True] == [f"a{drawn}b" in page and note in page for page in pages_of(pdf)]


@needs_poppler
def test_a_run_that_no_line_can_hold_stays_on_the_page(demonstration):
    run = "A" * 10_000
    columns = (TableColumn("Narrow"), TableColumn("Wide", width=4))
    table = Table(
        "Long",
        columns,
        (
            TableRow((TableCell("n"), TableCell(run))),
            TableRow((TableCell("https://example.org/" + "a" * 200), TableCell("w"))),
        ),
    )
    pdf = write_pdf(with_section(demonstration, Paragraph(run), table))
    words = re.findall(r'xMax="([\d.]+)"', asked("pdftotext", pdf, "-bbox"))

    assert max(map(float, words)) < A4[0] - 50
    assert closed_up(" ".join(pages_of(pdf))).count("A" * 60) >= 300


@needs_poppler
@pytest.mark.parametrize(
    ("display", "visible"),
    [(Display.MEETING, set(MARKERS)), (Display.PUBLIC, set())],
)
def test_what_a_display_hides_is_not_in_the_file(marked, display, visible):
    pdf = write_pdf(marked(display))
    text = " ".join(pages_of(pdf))

    assert visible == {part for part, marker in MARKERS.items() if marker in text}
    assert visible or b"marker-of-" not in pdf


def test_the_same_report_gives_the_same_bytes_whatever_was_set_before(demonstration, nothing_reported, pdf):
    write_pdf(nothing_reported)

    assert pdf == write_pdf(demonstration)


def test_the_trend_is_a_picture_for_print_of_the_size_asked_for(demonstration):
    line = demonstration.section("trend").blocks[0]
    picture = trend_picture(line, width=17, height=5)

    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == pytest.approx([2008, 591], abs=1)
    assert picture == trend_picture(line, width=17, height=5)
    assert picture != trend_picture(dataclasses.replace(line, lines=line.lines[:1]), width=17, height=5)
