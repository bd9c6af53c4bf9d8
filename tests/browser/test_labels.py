"""What Chromium shows of words full of markup, in every kind of label: the words, letter by letter."""

import pytest

from pages.shared.plain_text import JOINER
from tests.kit.markup import MARKUP
from tests.kit.serving import ROOT, serving_script

PAGE = f"""
import sys

sys.path.insert(0, {str(ROOT)!r})

import streamlit as st

from pages.shared.plain_text import as_label, as_text
from tests.kit.markup import MARKUP

for number, words in enumerate(MARKUP):
    with st.container(key=f"words-{{number}}"):
        st.button(as_label(words), key=f"button-{{number}}")
        st.checkbox(as_label(words), key=f"checkbox-{{number}}")
        st.text_input(as_label(words), key=f"text-{{number}}")
        st.radio("Choose", [words], format_func=as_label, label_visibility="collapsed", key=f"radio-{{number}}")
        st.segmented_control(
            "Choose", [words], format_func=as_label, label_visibility="collapsed", key=f"segments-{{number}}"
        )
        with st.expander(as_label(words), key=f"expander-{{number}}"):
            st.write("Inside")
        st.success(as_text(words))
st.write("The end")
"""
PLACES = {
    "button": "[data-testid=stButton]",
    "checkbox": "[data-testid=stCheckbox]",
    "text field": "[data-testid=stTextInput] label",
    "radio": "[role=radiogroup]",
    "segments": "[data-testid=stButtonGroup]",
    "expander": "summary [data-testid=stMarkdownContainer]",
    "message": "[data-testid=stAlert]",
}
DRAWN = "a, img, strong, em, code, del, h1, h2, li, hr, table, .katex, [data-testid=stIconMaterial]"


@pytest.fixture(scope="module", name="address")
def _address(tmp_path_factory):
    """A page of Streamlit alone, with every word in every kind of label."""
    folder = tmp_path_factory.mktemp("labels")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    with serving_script(folder / "page.py", cwd=folder) as address:
        yield address


def test_words_are_shown_letter_by_letter_in_every_kind_of_label(address, browser):
    page = browser.new_page()
    page.goto(address)
    page.get_by_text("The end").wait_for()
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']")
    page.wait_for_timeout(1_000)
    wrong = []
    for number, words in enumerate(MARKUP):
        block = page.locator(f".st-key-words-{number}")
        for kind, place in PLACES.items():
            label = block.locator(place).first
            shown = " ".join(label.inner_text().replace(JOINER, "").split())
            links = "a" if kind == "message" else "no-such-element"
            if shown != " ".join(words.split()) or label.locator(DRAWN).count() > label.locator(links).count():
                wrong.append((kind, words, shown))
    page.close()

    assert [] == wrong
