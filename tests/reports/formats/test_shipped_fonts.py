"""What the shipped fonts can write is written; what they cannot is a code, and orders to a screen are left out."""

import random
from dataclasses import replace

import pytest

from reports.formats.shipped_fonts import FOLDER, writable
from reports.formats.typeset import write_pdf
from reports.report import Section, Table, TableCell, TableColumn, TableRow
from tests.reports.formats.conftest import ALPHABETS


@pytest.mark.parametrize(
    "text",
    ["Plain, with =signs #and <marks>", ALPHABETS, "● ◐ ◆ ▲ ‖ ○ – ≥ € ₫ ฿ “quoted”", "Vie\u0323\u0302t", "two\nlines"],
)
def test_what_the_fonts_have_is_written_as_it_is(text):
    assert text == writable(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("IP \ue001\ue002 rights", "IP [U+E001 U+E002] rights"),
        ("\ue000 \U0001f1fb", "[U+E000] [U+1F1FB]"),
        ("a\x00b\x07c\x7f", "abc"),
        ("one\ttwo\r\nthree\u2028four", "one two\nthree\nfour"),
        ("abc\u202edef\u202c \u2066g\u2069", "abcdef g"),  # letters that would be read backwards
        ("ok\ufe0f", "ok"),
        ("a\u0e47", "a\u25cc\u0e47"),  # a Thai mark on a Latin letter: no font has both
        ("\ue000\u0e47", "[U+E000]\u25cc\u0e47"),
    ],
)
def test_what_they_do_not_have_is_a_code_and_what_nobody_sees_is_left_out(text, written):
    assert written == writable(text)


def test_any_mixture_of_letters_can_be_set(demonstration):
    """PDF/A refuses a letter without a shape, so that a report that is set has a shape for each."""
    chance = random.Random(43)  # noqa: S311  # the same letters on every run
    kinds = (
        (0x20, 0x17F),
        (0x300, 0x36F),
        (0xE00, 0xEFF),
        (0x1000, 0x109F),
        (0x1780, 0x17FF),
        (0x2000, 0x2BFF),
        (0x0, 0x10FFFF),
    )
    letters = [chr(chance.randint(*chance.choice(kinds))) for _ in range(20_000)]
    words = "".join(one for one in letters if not 0xD800 <= ord(one) <= 0xDFFF)
    rows = tuple(TableRow((TableCell(words[at : at + 50]),)) for at in range(0, len(words), 50))

    table = Table("Letters", (TableColumn("Letters"),), rows)
    assert write_pdf(replace(demonstration, sections=(Section("letters", "Letters", (table,)),)))


@pytest.mark.parametrize("folder", [FOLDER, FOLDER.parents[1] / "pages" / "static" / "fonts"])
@pytest.mark.parametrize("licence", ["OFL.txt", "OFL-CJK.txt"])
def test_the_fonts_come_with_their_licence(folder, licence):
    assert "SIL OPEN FONT LICENSE" in (folder / licence).read_text(encoding="utf-8").upper()
