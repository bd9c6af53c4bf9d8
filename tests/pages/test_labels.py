"""Labels, options and messages are Markdown at Streamlit; what people or files gave is never markup in them."""

import ast
import re
from pathlib import Path

import pytest

from models.people.accounts import OPERATOR, change_person
from models.people.context import Context
from models.people.directory import LINK_REQUESTED, subject_of
from models.progress.drafts import add_evidence, save_field
from models.progress.submit import submit_drafts
from models.store.audit import record_act
from models.store.database import writing
from pages.shared import who
from pages.shared.plain_text import JOINER, as_label, as_text
from tests.kit.builders import NOW
from tests.kit.markup import MARKUP
from tests.kit.reporters import CAMBODIA, CAMBODIA_ROLE, SECRETARIAT_ROLE, add_user, reporting_plan
from tests.pages.opening import open_page

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "pages").rglob("*.py"))
LABELLED = {
    *("button", "checkbox", "date_input", "download_button", "expander", "file_uploader", "form_submit_button"),
    *("link_button", "multiselect", "number_input", "popover", "radio", "segmented_control", "selectbox"),
    *("text_area", "text_input"),
}
MESSAGES = {"caption", "error", "info", "markdown", "spinner", "success", "title", "toast", "warning", "write"}
"""What Streamlit draws with a label, or as text, and reads as Markdown."""
OPTIONS_TOO = {"radio", "segmented_control"}
"""Whose options are Markdown as well; a list that unfolds shows its own letter by letter."""
NOT_STREAMLIT = {"h", "log", "text", "blocks"}
NAME = "zq **bold** <img src=x> ![i](//x) $x$ :red[x]"
WITH_LABEL = ("button", "checkbox", "text_input", "text_area", "expander", "radio", "selectbox", "download_button")
OUR_MANUAL = "pages/guide/page.py"


def is_ours(label, escapes):
    """Whether the text is written in our source, or goes through a function that escapes it."""
    match label:
        case ast.Attribute(value=ast.Name(id="text")):
            ours = label.attr.isupper()
        case ast.Name():
            ours = label.id.isupper()
        case ast.Subscript():
            ours = is_ours(label.value, escapes)
        case ast.IfExp():
            ours = is_ours(label.body, escapes) and is_ours(label.orelse, escapes)
        case ast.BoolOp():
            ours = all(is_ours(value, escapes) for value in label.values)
        case ast.Call():
            ours = ast.unparse(label.func) in escapes
        case _:
            ours = label is None or isinstance(label, ast.Constant)
    return ours


def drawn(path):
    """Every label, help and message that a file draws, with the functions that may escape it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if not isinstance(node.func.value, ast.Name) or node.func.value.id in NOT_STREAMLIT:
            continue
        named, kind = {keyword.arg: keyword.value for keyword in node.keywords}, node.func.attr
        if kind in MESSAGES:
            yield node.args[0], {"as_text", "text.failure"}  # the reference of a failure is made here
        if kind in LABELLED:
            yield node.args[0] if node.args else named.get("label"), {"as_label"}
            yield named.get("help"), {"as_text", "as_label"}
        if kind in OPTIONS_TOO:
            names = named["format_func"]
            yield names.value if isinstance(names, ast.Attribute) else names, {"as_labels"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_label_and_message_is_written_here_or_escaped(path):
    if path.relative_to(ROOT).as_posix() == OUR_MANUAL:
        return
    labels = [(label, escapes) for label, escapes in drawn(path) if not is_ours(label, escapes)]

    assert [] == [f"line {label.lineno}: {ast.unparse(label)}" for label, _ in labels]


PLAIN = ["A. Name", "I01 Review: 50 % (1.1-a)", "O'Brien-Smith, 3:10", "Trần Thị Ánh", "“Done”; next – 2028!", "AT & T"]


@pytest.mark.parametrize("words", PLAIN)
def test_plain_words_stay_as_they_are_for_screen_readers_too(words):
    assert words == as_text(words) == as_label(words)


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_escaped_and_stays_readable(words):
    assert as_label(words) != words
    assert words.strip() == plain_of(as_label(words)) == plain_of(as_text(words))


@pytest.mark.parametrize("words", ["Sent to chair@example.org.", "See https://example.org/a-b"])
def test_an_address_in_a_message_can_be_copied(words):
    assert words == as_text(words)


@pytest.fixture(name="marked")
def _marked(cycle_engine):
    """People, titles, deliverables and evidence whose words are all markup, with a statement that waits."""
    plan = reporting_plan()
    author = add_user(cycle_engine, "kh@example.org", CAMBODIA_ROLE)
    with writing(cycle_engine) as session:
        context = Context(session, OPERATOR, plan, NOW)
        change_person(context, author.person_id or 0, email="kh@example.org", name=NAME)
        record_act(session, action=LINK_REQUESTED, subject=subject_of(author.person_id or 0), now=NOW)
    for number in (1, 2):
        with writing(cycle_engine) as session:
            context = Context(session, author, plan, NOW)
            for field, value in {"status": "ongoing", "percent": 50, "narrative": "Done."}.items():
                save_field(context, CAMBODIA, field, value)
            add_evidence(context, CAMBODIA, NAME)
            if number == 1:
                submit_drafts(context, [CAMBODIA])
    return author


@pytest.mark.parametrize("path", ["my_updates/page.py", "review/page.py", "people/page.py"])
def test_no_label_of_a_page_holds_markup_of_a_name(marked, cycle_engine, monkeypatch, path):
    officer = add_user(cycle_engine, "officer@example.org", SECRETARIAT_ROLE)
    user = marked if path.startswith("my_updates") else officer
    monkeypatch.setattr(who, "resolve", lambda *_: user)
    page = open_page(path)
    if path.startswith("my_updates"):
        page.button(key="card-I02-KH-open").click().run().run()
    shown = [str(getattr(element, "label", "")) for kind in WITH_LABEL for element in page.get(kind)]

    assert not page.exception
    assert any("zq" in label for label in shown), shown
    assert [] == [label for label in shown if re.search(r"zq", label) and label != as_label(plain_of(label))]


def plain_of(label):
    """The words that a label shows."""
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", label).replace(JOINER, "")
