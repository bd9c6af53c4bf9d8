"""What people read on pages and in mails: plain words for readers of English as a second language."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FILES = [
    *sorted((ROOT / "pages").rglob("*.py")),
    *sorted((ROOT / "api").glob("*.py")),
    *(
        path
        for name in ("core", "store", "plan", "people", "figures")
        for path in sorted((ROOT / "models" / name).glob("*.py"))
    ),
    ROOT / "models" / "progress" / "notices.py",
    ROOT / "models" / "reporting" / "reminders.py",
]
MANNERED = re.compile(
    r"(?<!-)\b(mend\w*|told|hand(ed|s)? (it |this )?(in|on|back)|any more|anew|stands|to be seen|whoever|heard of)\b",
    re.IGNORECASE,
)

COMPARED = {" stands twice"}
"""Words of the first release that scripts of editors of plan files look for."""


def sentences_of(path):
    """Every text in a file that is no docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sentences_are_in_plain_english(path):
    assert [] == [sentence for sentence in sentences_of(path) if MANNERED.search(sentence) and sentence not in COMPARED]
