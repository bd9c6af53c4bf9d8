"""One definition of an e-mail address, for accounts and for the log."""

import pytest
from pydantic import TypeAdapter, ValidationError

from models.core.mail_address import folded_address, is_address
from models.progress.entry import Email

ADDRESSES = ["a@b.c", "first.last+tag@sub.example.org", "Officer@Ministry.Example", f"{'a' * 250}@b.c"]
NONE = ["", "a", "a@b", "a@b.", "a@@b.c", "a b@c.d", "a@b.c\n", f"{'a' * 251}@b.c", "x@localhost", "a..b@example.org"]
NONE += ["A <a@example.org>", "a@1.2.3.4", "a,b@example.org", "a@-b.org", "a@b.c;d@e.f", "mailto:a@example.org"]
NONE += ["ñ@example.org", "a@exämple.org", "\u212ah@example.org", "kh@example.org\u200b", "ａ@example.org"]
NONE += ['"><script>@x.y', "<a@b.c>", "=cmd@x.y", "+a@x.y", "-a@x.y", "@a@x.y", '"=1+1"@x.y']


def in_the_log(text):
    try:
        return TypeAdapter(Email).validate_python(text)
    except ValidationError:
        return None


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_one_for_an_account_and_in_lower_case_for_the_log(text):
    assert is_address(text)
    assert text.lower() == in_the_log(text)


@pytest.mark.parametrize("text", NONE)
def test_what_no_mail_would_reach_is_no_address_anywhere(text):
    assert not is_address(text)
    assert in_the_log(text) is None


@pytest.mark.parametrize("letter", [chr(code) for code in range(0x80, 0x110000) if chr(code).lower().isascii()])
def test_no_other_letter_becomes_one_of_an_address(letter):
    assert letter in folded_address(f"{letter}H@Example.org")


def test_an_address_is_the_same_in_capitals_and_between_blanks():
    assert "kh@example.org" == folded_address(" KH@Example.ORG\n")
