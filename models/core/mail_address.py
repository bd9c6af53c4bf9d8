"""The check of e-mail addresses, for accounts and the log; it does not show that the address exists."""

import string
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254
_FORMULA_STARTS = ("=", "+", "-", "@")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@lru_cache(maxsize=1024)
def is_address(text: str) -> bool:
    """Whether a text has the form of an e-mail address; the domain is not looked up.

    Only ASCII, since other alphabets have letters that look like those of another person's address; and nothing that
    a spreadsheet takes for a formula.
    """
    if not text.isascii() or len(text) > LONGEST_ADDRESS or text.startswith(_FORMULA_STARTS):
        return False
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def folded_address(text: str) -> str:
    """Return an address as it is stored and compared: without blanks around it, its ASCII letters in lower case.

    Unicode has letters, such as the Kelvin sign, whose lower case is an ASCII letter: they stay as they are, so that
    one address never becomes another.
    """
    return text.strip().translate(_LOWER)
