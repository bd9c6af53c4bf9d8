"""What counts as an e-mail address, for accounts and for the log; whether anybody reads it, only a mail can tell."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254


@lru_cache(maxsize=1024)
def is_address(text: str) -> bool:
    """Whether a text is an e-mail address of the internet, without asking the internet for its domain."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(text) <= LONGEST_ADDRESS
