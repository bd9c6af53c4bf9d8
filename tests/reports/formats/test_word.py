"""The report in Word: its words, its structure, the template that the secretariat restyles, and its bytes."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Inches

from models.core.errors import SettingRefused
from models.core.settings import report_template
from models.people.visibility_rules import Display
from reports.formats import Format, write
from reports.formats.office_bytes import fixed
from reports.formats.word.glance import bar_picture
from reports.formats.word.template import SHIPPED, places
from reports.formats.word.write import write_word
from reports.parts.marks import ProgressMark
from reports.report import Paragraph
from tests.office.parts import faults
from tests.reports.formats.conftest import ADDRESS, ALPHABETS, HOSTILE, MARKERS, SCRIPTS


@pytest.fixture(scope="module", name="written")
def _written(demonstration):
    return write_word(demonstration)


@pytest.fixture(scope="module", name="short")
def _short(demonstration):
    """Without its longest part, for what does not hang on it."""
    return replace(demonstration, sections=tuple(one for one in demonstration.sections if one.key != "statements"))


def opened(content):
    return docx.Document(BytesIO(content))


def headings(content):
    return [one.text for one in opened(content).paragraphs if one.style.name == "Heading 1"]


def words(content):
    """Every letter of the file, headers and footers too."""
    with ZipFile(BytesIO(content)) as package:
        parts = [package.read(name) for name in package.namelist() if name.startswith("word/") and name.endswith("xml")]
    return "\n".join("".join(letters(paragraph)) for part in parts for paragraph in parse_xml(part).iter(qn("w:p")))


def letters(paragraph):
    for one in paragraph.iter(qn("w:t"), qn("w:br")):
        yield one.text or "" if one.tag == qn("w:t") else "\n"


@pytest.fixture(name="template")
def _template(tmp_path):
    """Our template, changed by a function and saved as the secretariat would."""

    def changed(change):
        document = docx.Document(str(SHIPPED))
        change(document)
        path = tmp_path / "template.docx"
        document.save(str(path))
        return path

    return changed


def place_of(document, name):
    return next(paragraph for paragraph, key in places(document) if key == name)


def test_every_section_stands_in_order_under_a_real_heading(demonstration, written):
    assert [one.heading for one in demonstration.sections] == headings(written)


def test_the_head_of_the_first_page_says_which_meeting_and_document(demonstration, written):
    document = opened(written)
    head = document.tables[0]

    assert demonstration.head.meeting == head.cell(0, 0).paragraphs[0].text
    assert f"Agenda item {demonstration.head.agenda_item} · Document ____" == head.cell(0, 1).paragraphs[0].text
    assert demonstration.head.state == head.cell(0, 1).paragraphs[-1].text
    assert ["Title"] == [cell.style.name for cell in document.paragraphs if cell.text == demonstration.head.title]


def test_every_cell_of_every_table_is_there(demonstration, written):
    expected = {
        tuple(f"{cell.text} ({cell.tag})" if cell.tag else cell.text for cell in row.cells)
        for section in demonstration.sections
        for table in section.tables
        for row in table.rows
    }
    drawn = {
        tuple("\n".join("".join(letters(line)) for line in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc")))
        for row in opened(written).element.body.iter(qn("w:tr"))
    }
    marked = {tuple(text[2:] if text[:2] in {"▲ ", "△ ", "◆ ", "◇ ", "○ "} else text for text in row) for row in drawn}

    assert set() == expected - marked


def test_heads_of_tables_come_again_on_each_page_and_tables_are_captioned(demonstration, written):
    body = opened(written).element.body
    tables = [one for one in body.iter(qn("w:tbl")) if "Report" in one.tblPr.find(qn("w:tblStyle")).get(qn("w:val"))]
    captioned = [one.text for one in opened(written).paragraphs if one.style.name == "Caption"]

    assert tables
    assert all(one.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for one in tables)
    described = [table for section in demonstration.sections for table in section.tables if table.rows]
    for number, table in enumerate(described[:2], start=1):
        assert f". {table.caption}" in captioned[2 * (number - 1)]
    assert {"SEQ Table \\* ARABIC", "SEQ Figure \\* ARABIC"} == {
        one.get(qn("w:instr")).strip() for one in body.iter(qn("w:fldSimple"))
    }


def test_each_square_of_the_glance_is_a_cell_with_its_symbol_and_every_sentence_is_said(demonstration, written):
    (glance,) = demonstration.section("glance").blocks
    table = next(
        one
        for one in opened(written).element.body.iter(qn("w:tbl"))
        if one.tblPr.find(qn("w:tblStyle")).get(qn("w:val")) == "ReportGlance"
    )
    text = table.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    symbols = [
        text for text in ("".join(letters(one)) for one in table.iter(qn("w:tc"))) if text and text in "●◐◆◇▲△‖○·"
    ]

    assert 43 == len(symbols)
    assert all(square.sentence in text for row in glance.rows for square in row.squares)
    assert all(one.legend.replace(" ", "\u00a0") in words(written) for one in glance.legend)


def test_every_picture_says_what_it_shows(demonstration, written):
    pictures = [one.get("descr") for one in opened(written).element.body.iter(qn("wp:docPr"))]
    (glance,) = demonstration.section("glance").blocks

    assert [one.progress.sentence for one in glance.rows] == pictures[:5]
    assert demonstration.section("trend").blocks[0].sentence == pictures[5]


def test_the_matrix_lies_on_its_side_and_says_each_status_in_a_word(written):
    document = opened(written)
    turned = [one.page_width > one.page_height for one in document.sections]
    matrix = next(
        one
        for one in document.element.body.iter(qn("w:tbl"))
        if one.tblPr.find(qn("w:tblStyle")).get(qn("w:val")) == "ReportMatrix"
    )
    text = {"".join(letters(one)) for one in matrix.iter(qn("w:tc"))}

    assert [False, True, False] == turned
    assert {"●completed", "□no report", "◐25 %"} <= text


def test_only_the_first_page_has_the_letterhead_and_all_pages_are_numbered(written):
    sections = opened(written).sections
    numbered = "".join(one.text for one in sections[0].footer.part.element.iter(qn("w:instrText")))

    assert [True, False, False] == [one.different_first_page_header_footer for one in sections]
    assert {"PAGE", "NUMPAGES"} == set(numbered.split())


@pytest.mark.parametrize("name", ["header", "first_page_header"])
def test_made_up_data_is_marked_and_the_foot_stands_on_every_page(demonstration, written, name):
    sections = opened(written).sections
    footer = name.replace("header", "footer")

    assert all(demonstration.demonstration in [p.text for p in getattr(one, name).paragraphs] for one in sections)
    assert all(demonstration.foot in [p.text for p in getattr(one, footer).paragraphs] for one in sections)


def test_real_data_carry_no_mark(nothing_reported):
    assert "DEMONSTRATION" not in words(write_word(nothing_reported))


def test_two_sections_swapped_in_the_template_come_out_swapped(short, template):
    def swap(document):
        first, second = place_of(document, "changes"), place_of(document, "due_next")
        after = second.getnext()
        first.addprevious(second)
        after.addprevious(first)

    swapped = headings(write_word(short, template(swap)))
    before = headings(write_word(short))
    changes, due = short.section("changes").heading, short.section("due_next").heading

    assert (before.index(due), before.index(changes)) == (swapped.index(changes), swapped.index(due))
    assert sorted(before) == sorted(swapped)


def test_a_page_begins_at_the_line_that_says_so_in_the_template(short, template):
    def break_before(document):
        paragraph = next(one for one in document.paragraphs if one.text == "{{due_next}}")
        paragraph.paragraph_format.page_break_before = True

    def begins(content):
        heading = short.section("due_next").heading
        (found,) = [one for one in opened(content).paragraphs if one.text == heading]
        return bool(found.paragraph_format.page_break_before)

    assert (begins(write_word(short)), begins(write_word(short, template(break_before)))) == (False, True)


def test_paper_margins_and_names_in_header_and_footer_are_those_of_the_template(short, template):
    def letter(document):
        section = document.sections[0]
        section.page_width, section.left_margin = Inches(8.5), Inches(1.5)
        section.first_page_header.paragraphs[0].text = "For the {{meeting}}"
        section.first_page_footer.paragraphs[0].text = "As {{document_number}}"

    first = opened(write_word(short, template(letter))).sections[0]

    assert (first.page_width, first.left_margin) == (Inches(8.5), Inches(1.5))
    assert f"For the {short.head.meeting}" in [one.text for one in first.first_page_header.paragraphs]
    assert f"As {short.head.document_number}" in [one.text for one in first.first_page_footer.paragraphs]


def test_a_section_without_a_place_comes_at_the_end_so_that_nothing_is_lost(short, template):
    def forget(document):
        for name in ("attention", "matrix"):
            place_of(document, name).getparent().remove(place_of(document, name))

    content = write_word(short, template(forget))
    lost = [short.section(name).heading for name in ("attention", "matrix")]

    assert lost == headings(content)[-2:]
    assert [] == faults(content)


def test_a_letterhead_a_font_and_a_place_cut_into_runs_survive(short, template):
    def restyle(document):
        document.sections[0].first_page_header.paragraphs[0].text = "Our letterhead"
        document.styles["Normal"].font.name = "Georgia"
        paragraph = next(one for one in document.paragraphs if one.text == "{{title}}")
        paragraph.runs[0].text = "{{ti"
        paragraph.add_run("tle}").bold = True
        paragraph.add_run("}, restyled")

    document = opened(write_word(short, template(restyle)))

    assert "Our letterhead" == document.sections[0].first_page_header.paragraphs[0].text
    assert "Georgia" == document.styles["Normal"].font.name
    assert f"{short.head.title}, restyled" in [one.text for one in document.paragraphs]


def test_a_template_that_lost_the_mark_and_the_foot_gets_them_back(short, template):
    def lose(document):
        for story in ("header", "first_page_header", "footer", "first_page_footer"):
            for paragraph in getattr(document.sections[0], story).paragraphs:
                paragraph.text = ""

    for section in opened(write_word(short, template(lose))).sections:
        assert short.demonstration in [one.text for one in section.header.paragraphs]
        assert short.foot in [one.text for one in section.footer.paragraphs]
        if section.different_first_page_header_footer:
            assert short.demonstration in [one.text for one in section.first_page_header.paragraphs]
            assert short.foot in [one.text for one in section.first_page_footer.paragraphs]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{headings}}", "contains {{headings}}, which does not exist; use meeting,"),
        ("See {{action}} above", "{{action}} is inside other text"),
    ],
)
def test_a_place_that_the_report_has_not_is_named(short, template, text, message):
    with pytest.raises(SettingRefused, match="report template") as refused:
        write_word(short, template(lambda document: document.add_paragraph(text)))

    assert message in str(refused.value)


def test_a_style_that_the_template_lost_is_named(short, template):
    def lose(document):
        for name in ("Table Text", "Report Matrix"):
            document.styles[name].delete()

    with pytest.raises(SettingRefused, match="lacks these styles: “Table Text”, “Report Matrix”. Start again"):
        write_word(short, template(lose))


def test_a_template_that_is_no_word_document_is_refused(short, tmp_path):
    (tmp_path / "template.docx").write_text("not a document")

    with pytest.raises(SettingRefused, match=r"template\.docx, is not a Word document"):
        write_word(short, tmp_path / "template.docx")


def test_a_template_with_damaged_bytes_is_refused(short, tmp_path):
    whole = SHIPPED.read_bytes()
    middle = len(whole) // 2
    (tmp_path / "template.docx").write_bytes(whole[:middle] + b"\xff" * 500 + whole[middle + 500 :])

    with pytest.raises(SettingRefused, match=r"template\.docx, is not a Word document"):
        write_word(short, tmp_path / "template.docx")


def test_the_template_is_the_one_the_server_is_set_to(short, template, monkeypatch):
    path = template(lambda document: document.add_paragraph("Ours"))
    monkeypatch.setenv("REPORT_TEMPLATE", f" {path} ")

    assert "Ours" in [one.text for one in opened(write(short, Format.WORD, template=report_template())).paragraphs]
    assert "Ours" not in [one.text for one in opened(write(short, Format.WORD, template=None)).paragraphs]


def test_a_template_that_is_not_there_is_named_and_keeps_no_other_format_from_being_written(short, monkeypatch):
    monkeypatch.setenv("REPORT_TEMPLATE", "/nowhere/template.docx")

    with pytest.raises(SettingRefused, match="REPORT_TEMPLATE is '/nowhere/template.docx', where no file is"):
        write(short, Format.WORD, template=report_template())
    assert write(short, Format.CSV, template=report_template())


def test_the_shipped_template_begins_a_page_where_the_report_does(demonstration):
    known = {name: one for one, name in places(docx.Document(str(SHIPPED)))}

    for section in demonstration.sections:
        breaks = known[section.key].find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
        assert breaks == section.new_page, section.key


def test_every_section_of_every_display_has_its_place(described):
    known = {name for _, name in places(docx.Document(str(SHIPPED)))}

    assert set() == {one.key for display in Display for one in described(display).sections} - known


def test_hostile_words_stay_plain_words(hostile):
    content = write_word(hostile)
    text = words(content)

    assert all(one in text for one in HOSTILE)
    assert ALPHABETS in text
    assert "A long tale. " * 770 in text
    assert [] == faults(content)
    codes = {one.get(qn("w:instr")) for one in opened(content).element.body.iter(qn("w:fldSimple"))}
    assert {" SEQ Table \\* ARABIC ", " SEQ Figure \\* ARABIC "} == codes
    assert [] == list(opened(content).element.body.iter(qn("w:instrText")))


def test_scripts_of_the_region_stay_text_and_fonts_of_office_are_named_for_them(short):
    section = replace(short.section("action"), blocks=tuple(map(Paragraph, SCRIPTS.values())))
    content = write_word(replace(short, sections=(section,)))
    (fonts,) = opened(content).styles.element.xpath("w:docDefaults//w:rFonts")

    assert [] == [script for script, text in SCRIPTS.items() if text not in words(content)]
    assert {"Microsoft YaHei", "Leelawadee UI"} == {fonts.get(qn(f"w:{kind}")) for kind in ("eastAsia", "cs")}


def test_signs_that_no_document_can_hold_do_not_stop_it(short):
    spoilt = replace(short, head=replace(short.head, subtitle="a\x00b\x0bc"))

    assert "a\ufffdb\ufffdc" in words(write_word(spoilt))


@pytest.mark.parametrize(
    ("display", "hidden"),
    [
        (Display.PUBLIC, {"narrative", "next_step", "obstacles", "support_needed"}),
        (Display.MEETING, set()),
    ],
)
def test_what_a_display_hides_is_absent_from_the_file(marked, display, hidden):
    content = write_word(marked(display))
    with ZipFile(BytesIO(content)) as package:
        parts = b"".join(package.read(name) for name in package.namelist())

    assert hidden == {name for name in MARKERS if MARKERS[name].encode() not in parts}


def test_links_lead_to_the_product_and_are_left_out_where_it_has_no_address(written, nothing_reported):
    def links(content):
        return {one.target_ref for one in opened(content).part.rels.values() if one.is_external}

    assert all(one.startswith(f"{ADDRESS}/initiative?") for one in links(written))
    assert links(written)
    assert set() == links(write_word(nothing_reported))


def test_with_nothing_reported_it_reads_well(nothing_reported):
    content = write_word(nothing_reported)
    text = words(content)

    assert "No report has been received yet." in text
    assert 5 == text.count("\nno report yet\n")
    assert "None" not in text
    assert [] == faults(content)


def test_its_parts_are_valid(written):
    assert [] == faults(written)


def test_the_same_report_gives_the_same_bytes(demonstration, written):
    assert written == write_word(demonstration)


def test_two_processes_in_two_zones_write_the_same_bytes(demonstration, written, tmp_path):
    code = (
        "import pickle, sys; from pathlib import Path; from reports.formats.word.write import write_word;"
        "sys.stdout.buffer.write(write_word(pickle.loads(Path(sys.argv[1]).read_bytes())))"
    )
    described, root = tmp_path / "report.pickle", Path(__file__).parents[3]
    described.write_bytes(pickle.dumps(demonstration))
    for zone, seed in (("Asia/Jakarta", "1"), ("America/Lima", "2")):
        around = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        command = [sys.executable, "-c", code, str(described)]
        made = subprocess.run(command, cwd=root, env=around, capture_output=True, check=True).stdout

        assert written == made


def test_another_moment_is_stamped_into_the_file(short):
    moment = short.made_at + timedelta(days=1)
    later = opened(write_word(replace(short, made_at=moment))).core_properties

    assert moment.replace(microsecond=0) == later.created == later.modified


def test_a_workbook_within_a_file_is_fixed_too(demonstration):
    def packed(moment):
        inner, outer = BytesIO(), BytesIO()
        with ZipFile(inner, "w") as package:
            package.writestr("docProps/core.xml", f"<a><dcterms:created>{moment}</dcterms:created></a>")
        with ZipFile(outer, "w") as package:
            package.writestr("ppt/embeddings/book.xlsx", inner.getvalue())
        return fixed(outer.getvalue(), demonstration.made_at)

    assert packed("2020-01-01T00:00:00Z") == packed("2021-01-01T00:00:00Z")


@pytest.mark.parametrize(
    "mark", [ProgressMark(0, 0, False), ProgressMark(100, 100, True), ProgressMark(41, None, False)]
)
def test_a_bar_is_drawn_at_both_ends(mark):
    assert bar_picture(mark).startswith(b"\x89PNG")
