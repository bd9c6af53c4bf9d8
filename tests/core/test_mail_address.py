"""One definition of an e-mail address, for accounts and for the log."""

import pytest
from pydantic import TypeAdapter, ValidationError

from models.core.mail_address import is_address
from models.progress.entry import Email

ADDRESSES = ["a@b.c", "first.last+tag@sub.example.org", "Officer@Ministry.Example", f"{'a' * 250}@b.c", "ñ@exämple.org"]
NONE = ["", "a", "a@b", "a@b.", "a@@b.c", "a b@c.d", "a@b.c\n", f"{'a' * 251}@b.c", "x@localhost", "a..b@example.org"]
NONE += ["A <a@example.org>", "a@1.2.3.4", "a,b@example.org", "a@-b.org", "a@b.c;d@e.f", "mailto:a@example.org"]


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
