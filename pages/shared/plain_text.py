"""Text that people or files gave, in the places where Streamlit reads Markdown: labels, options and messages."""

import re
from collections.abc import Mapping
from typing import TypeVar

Option = TypeVar("Option")

JOINER = "\u2060"
"""An invisible sign without width: the letters on its two sides form no pattern together."""

_MARKUP = re.compile(r"[\\`*_{}\[\]<$~|]|^(?:[-+#=>]|\d+[.)])|&(?=[#\w])|:(?=[^\W\d])", re.MULTILINE)
"""What Markdown takes for markup; the last sign of each match is the one that counts."""
_DRAWN_LATER = re.compile(r":(?=[\w+/-]+:)|[-<](?=[->])")
"""What Streamlit makes an icon or an arrow of after it has read the markup, where no escape helps."""
_LINKED_LATER = re.compile(r":(?=[^\W\d]|/)|@(?=\w)|\bwww(?=\.)", re.IGNORECASE)
"""The same for links."""


def as_text(words: str) -> str:
    """The words letter by letter, whatever markup they hold; plain words stay as they are.

    In a message an address of the web or of mail is a link, and can be copied.
    """
    lines = re.sub(r"^[ \t]+", "", words, flags=re.MULTILINE)
    apart = _DRAWN_LATER.sub(rf"\g<0>{JOINER}", lines)
    return _MARKUP.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", apart).replace("\n", "  \n")


def as_label(words: str) -> str:
    """The same for the label of a field or button, in which nothing is a link."""
    return as_text(_LINKED_LATER.sub(rf"\g<0>{JOINER}", words))


def as_labels(names: Mapping[Option, str]) -> dict[Option, str]:
    """The names of options, each as a label."""
    return {option: as_label(name) for option, name in names.items()}
