"""Text as people type and paste it: what is compared, what is kept, and how a message shows what nobody can see.

Every reader compares through `folded`, stores words through `kept` and quotes through `quoted`, so that a message
never hides the character that decided.
"""

import re
import unicodedata
from typing import Final

_NEVER_FOLDED: Final = {"<super>", "<sub>", "<fraction>", "<circle>", "<square>", "<vertical>"}
"""Compatibility forms that do not mean the plain character: 7⁵ is not 75."""

_BLANK_LETTERS: Final = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
"""Letters without ink, which are blanks to every reader."""

_ALIKE: Final = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−﹣", "-")
)
_JOINERS: Final = {"\u200b", "\u200c", "\u200d"}
"""Zero-width characters that belong to the spelling of Khmer, Lao, Burmese and Thai."""

FIRST_COMPLEX_SCRIPT: Final = 0x0900
_MAX_QUOTED = 60


def is_invisible(sign: str) -> bool:
    """Whether a character has neither ink nor width: format and control characters, selectors, a soft hyphen."""
    if sign in "\t\n\r":
        return False
    selector = "\ufe00" <= sign <= "\ufe0f" or sign == "\u034f"
    return selector or (unicodedata.category(sign) in {"Cf", "Cc"} and not sign.isspace())


def is_blank(sign: str) -> bool:
    """Whether a character is a blank of any kind and width."""
    return sign.isspace() or sign in _BLANK_LETTERS


def bare(text: str) -> str:
    """A text as it is, letter by letter, without what is invisible and the blanks around it: for an address."""
    return "".join(sign for sign in text if not is_invisible(sign)).strip()


def unmarked(text: str) -> str:
    """A text for comparison, with its letters' case: one space for blanks of every kind, nothing that is invisible."""
    seen = "".join(" " if is_blank(sign) else sign for sign in text if not is_invisible(sign))
    plain = "".join(map(_compatible, seen.translate(_ALIKE))).translate(_ALIKE)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def folded(value: object) -> str:
    """A value for comparison, the same for all that look or are meant the same: in one case, and as `unmarked`."""
    return unicodedata.normalize("NFC", unmarked("" if value is None else str(value)).casefold())


def kept(text: str) -> str:
    """Words as they are stored: every letter, composed (NFC), and no invisible control character.

    A NUL stays, for its own refusal; so do the joiners that belong to the spelling of a script.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for place, sign in enumerate(composed) if _is_kept(composed, place))


def quoted(value: object, marks: str = "“”") -> str:
    """A value as a message quotes it: on one line, at most 60 characters, every hidden character by its name."""
    text = re.sub(r"[ \t\r\n]+", " ", str(value)).strip()
    short = text if len(text) <= _MAX_QUOTED else f"{text[: _MAX_QUOTED - 3]}..."
    latin = any("a" <= sign <= "z" for sign in short.lower())
    shown = "".join(f"[{named(sign)}]" if _is_hidden(sign, latin=latin) else sign for sign in short)
    return f"{marks[0]}{shown}{marks[-1]}"


def named(sign: str) -> str:
    """A character by its number and name: U+200B zero width space."""
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'control character').lower()}"


def _compatible(sign: str) -> str:
    form = unicodedata.decomposition(sign).partition(" ")[0]
    return sign if form in _NEVER_FOLDED else unicodedata.normalize("NFKC", sign)


def _is_kept(text: str, place: int) -> bool:
    sign = text[place]
    if sign == "\x00" or not is_invisible(sign) or "\ufe00" <= sign <= "\ufe0f":
        return True
    beside = (*text[max(place - 1, 0) : place], *text[place + 1 : place + 2])
    return sign in _JOINERS and any(ord(other) >= FIRST_COMPLEX_SCRIPT and other not in _JOINERS for other in beside)


def _is_hidden(sign: str, *, latin: bool) -> bool:
    """Whether a reader of the message could not tell what the character is: no ink, or a letter of another script."""
    if sign == " ":
        return False
    stranger = latin and unicodedata.name(sign, "").startswith(("CYRILLIC ", "GREEK "))
    return stranger or is_blank(sign) or is_invisible(sign)
