"""What cannot be seen decides nothing, is not stored, and is named where it matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.core.folding import folded, kept, quoted

ALIKE = {
    "a no-break space": "Not\u00a0started",
    "a narrow no-break space": "Not\u202fstarted",
    "an ideographic space": "Not\u3000started",
    "a blank of Braille": "Not\u2800started",
    "a tab": "Not\tstarted",
    "two blanks": "Not  started",
    "a line break": "Not\r\nstarted",
    "blanks around": "\u00a0 Not started \u2009",
    "a zero-width space behind": "Not started\u200b",
    "a soft hyphen": "Not star\u00adted",
    "a byte order mark in front": "\ufeffNot started",
    "a mark of direction": "\u200eNot started\u200f",
    "a selector": "Not started\ufe0f",
    "letters of full width": "Ｎｏｔ started",
    "a ligature": "Not ſtarted",
    "capitals": "NOT STARTED",
}


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE.keys())
def test_texts_that_look_the_same_are_the_same(text):
    assert "not started" == folded(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Lao People’s", "lao people's"),
        ("Lao People´s", "lao people's"),
        ("Timor–Leste", "timor-leste"),
        ("Timor\u2011Leste", "timor-leste"),
        ("“official”", '"official"'),
        ("Vie\u0323t Nam", "vi\u1eb9t nam"),
    ],
)
def test_quotes_dashes_and_accents_are_the_same_in_each_of_their_forms(text, same):
    assert same == folded(text)


@pytest.mark.parametrize("text", ["7⁵", "½", "①", "H₂O"])
def test_a_raised_or_framed_digit_never_becomes_a_digit(text):
    assert not folded(text).isascii()


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("tra\u00adde\u200bmark", "trademark"),
        ("\ufeffText", "Text"),
        ("a\u202eb\u202c", "ab"),
        ("cafe\u0301", "café"),
        ("no\u00a0break, “quotes” – and dashes", "no\u00a0break, “quotes” – and dashes"),
        ("first\nsecond\tthird", "first\nsecond\tthird"),
        ("bell\x07", "bell"),
        ("ភាសា\u200bខ្មែរ", "ភាសា\u200bខ្មែរ"),
        ("က\u200cခ", "က\u200cခ"),
        ("①½7⁵ Ｎ", "①½7⁵ Ｎ"),
    ],
)
def test_words_are_stored_with_their_letters_and_without_what_nobody_can_see(text, stored):
    assert stored == kept(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Viet\u00a0Nam", "“Viet[U+00A0 no-break space]Nam”"),
        ("TMTF\u200b", "“TMTF[U+200B zero width space]”"),
        ("tra\u00adde", "“tra[U+00AD soft hyphen]de”"),
        ("\x07", "“[U+0007 control character]”"),
        ("\u0422MTF", "“[U+0422 cyrillic capital letter te]MTF”"),
        ("\u0391SEAN", "“[U+0391 greek capital letter alpha]SEAN”"),
        ("Договор", "“Договор”"),
        ("two  blanks\nand a line", "“two blanks and a line”"),
        ("x" * 80, f"“{'x' * 57}...”"),
        (" around ", "“around”"),
    ],
)
def test_a_message_names_every_character_that_cannot_be_told_from_another(text, shown):
    assert shown == quoted(text)


@given(st.text())
def test_folding_and_storing_twice_change_nothing_more(text):
    assert folded(text) == folded(folded(text))
    assert kept(text) == kept(kept(text))


@given(st.text())
def test_what_is_stored_compares_as_what_was_written(text):
    assert folded(text) == folded(kept(text))


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_no_letter_digit_or_sign_is_lost_in_storing(text):
    assert len(folded(text)) <= len(folded(kept(text)))
