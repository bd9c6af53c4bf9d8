"""The report as slides: at most eight, each with a title, nothing cut off, nothing hidden told."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches, Pt

from models.people.visibility_rules import Display
from reports.formats.powerpoint.write import write_powerpoint
from reports.report import Items, Paragraph
from tests.office.parts import faults
from tests.reports.formats.conftest import HOSTILE, MARKERS, SCRIPTS


@pytest.fixture(scope="module", name="written")
def _written(demonstration):
    return write_powerpoint(demonstration)


@pytest.fixture(scope="module", name="slides")
def _slides(written):
    return opened(written)


def opened(content):
    return list(pptx.Presentation(BytesIO(content)).slides)


def titles(slides):
    return [slide.shapes.title.text_frame.text for slide in slides]


def frames(shapes):
    """Every text of a slide, in tables and groups too."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from frames(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame
        elif shape.has_table:
            yield from (cell.text_frame for row in shape.table.rows for cell in row.cells)


def words(slide):
    return "\n".join(frame.text for frame in frames(slide.shapes))


def test_eight_slides_in_the_order_of_the_report(demonstration, slides):
    sections = ("glance", "measures", "trend", "changes", "attention")

    assert titles(slides) == [
        demonstration.head.title,
        "The three headlines",
        *(demonstration.section(key).title for key in sections),
        "Not reported, due next, matters arising",
    ]


def test_the_first_slide_says_what_is_asked(demonstration, slides):
    text = words(slides[0])

    assert demonstration.head.meeting in text
    assert demonstration.head.state in text
    assert "(a) the status of implementation set out below;" in text


def test_every_slide_has_foot_number_and_the_mark_of_a_demonstration(demonstration, slides):
    for number, slide in enumerate(slides, start=1):
        text = words(slide).split("\n")
        assert {demonstration.foot, str(number), demonstration.demonstration} <= set(text)


def test_it_is_wide_and_nothing_stands_beyond_the_slide(written, slides):
    deck = pptx.Presentation(BytesIO(written))

    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + Pt(1)
            assert shape.top + shape.height <= deck.slide_height


def test_it_is_legible_in_the_room(demonstration, slides):
    """Fourteen points and more, but for the foot and its number."""
    for number, slide in enumerate(slides, start=1):
        for frame in frames(slide.shapes):
            if frame.text not in {demonstration.foot, str(number)}:
                sizes = [run.font.size for paragraph in frame.paragraphs for run in paragraph.runs]
                assert all(size >= Pt(14) for size in sizes), frame.text


def test_drawings_have_a_text_for_those_who_do_not_see_them(demonstration, slides):
    text = {one.get("descr") for slide in slides for one in slide._element.iter("{*}cNvPr")}  # noqa: SLF001
    glance = demonstration.section("glance").blocks[0]

    assert demonstration.section("trend").blocks[0].sentence in text
    assert all("; ".join(one.sentence for one in row.squares) in text for row in glance.rows)


def test_the_star_beside_an_expected_figure_is_explained(demonstration, slides):
    (note,) = (one.text for one in demonstration.section("measures").blocks if isinstance(one, Paragraph))

    assert note.startswith("* ")
    assert note in words(slides[3])


def test_what_has_no_room_is_counted(demonstration, slides):
    rows = len(next(shape for shape in slides[6].shapes if shape.has_table).table.rows) - 1
    outstanding = len(demonstration.section("attention").blocks[0].rows)

    assert f"{outstanding - rows} more in the report" in words(slides[6])
    assert rows >= 6


def test_more_that_is_asked_than_has_room_is_counted_too(demonstration):
    action = Items("The Meeting is invited to:", ("consider this at some length and then decide; " * 5,) * 30)
    section = replace(demonstration.section("action"), blocks=(action,))
    sections = (section, *(one for one in demonstration.sections if one.key != "action"))
    text = words(opened(write_powerpoint(replace(demonstration, sections=sections)))[0])

    assert text.count("consider this at some length") < 5 * 30
    assert "more in the report" in text


def test_with_nothing_reported_no_slide_is_empty_and_no_percentage_is_shown(nothing_reported):
    slides = opened(write_powerpoint(nothing_reported))
    text = "\n".join(map(words, slides))

    assert "Trend" not in titles(slides)
    assert nothing_reported.section("headlines").blocks[0].text in text
    assert "%" not in text


@pytest.mark.parametrize("scope", ["body:TMTF", "state:KH"])
def test_other_scopes_build_too(described, scope):
    report = described(scope=scope)

    assert report.head.subtitle in titles(opened(write_powerpoint(report)))[0]


def test_scripts_of_the_region_stay_text_and_fonts_of_office_are_named_for_them(demonstration):
    section = replace(
        demonstration.section("action"), blocks=(Items("In every script", (" ".join(SCRIPTS.values()),)),)
    )
    content = write_powerpoint(replace(demonstration, sections=(section,)))
    with ZipFile(BytesIO(content)) as package:
        theme = package.read("ppt/theme/theme1.xml").decode()

    assert [] == [script for script, text in SCRIPTS.items() if text not in words(opened(content)[0])]
    for element in ("ea", "cs"):
        assert 2 == len(re.findall(f'<a:{element} typeface="[^"]+"/>', theme))
    assert [] == faults(content)


def test_hostile_words_stay_text(demonstration):
    items = Items("The Meeting is invited to:", HOSTILE)
    section = replace(demonstration.section("action"), blocks=(items,))
    sections = (section, *(one for one in demonstration.sections if one.key != "action"))
    content = write_powerpoint(replace(demonstration, sections=sections))

    assert all(one in words(opened(content)[0]) for one in HOSTILE)
    assert [] == faults(content)


@pytest.mark.parametrize("display", [Display.MEETING, Display.PUBLIC])
def test_what_somebody_said_is_not_on_the_slides(marked, display):
    with ZipFile(BytesIO(write_powerpoint(marked(display)))) as package:
        text = b"".join(map(package.read, package.namelist())).decode("utf-8", "replace")

    assert not [marker for marker in MARKERS.values() if marker in text]


def test_it_is_the_same_byte_for_byte_and_valid(demonstration, written):
    assert written == write_powerpoint(replace(demonstration))
    assert [] == faults(written)
