"""The check of e-mail addresses, for accounts and the log; it does not show that the address exists."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254


@lru_cache(maxsize=1024)
def is_address(text: str) -> bool:
    """Whether a text has the form of an e-mail address; the domain is not looked up."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(text) <= LONGEST_ADDRESS
