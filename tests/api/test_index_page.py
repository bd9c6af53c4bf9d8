import base64
import hashlib
from pathlib import Path

import pytest
import streamlit

from api.index_page import index_page, inline_script_hashes

ORIGINAL = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(name="page")
def _page():
    return index_page(ORIGINAL, title="The Plan", style="p { margin: 0 }\n", font="./f.woff2", modules=["./m.js"])


def test_the_installed_page_is_changed_where_it_is_meant_to_be(page):
    # Fails when a new Streamlit writes its page differently: then api/index_page.py looks for the wrong thing.
    assert page.count("<title>The Plan</title>") == 1
    assert page.count('href="./f.woff2"') == 1
    assert page.count('<link rel="modulepreload" crossorigin href="./m.js">') == 1
    assert page.count("The Plan is loading.") == 1
    assert page.count("<noscript>") == page.count("</noscript>") == 1
    assert page.count("p { margin: 0 }") == 1
    assert "_stcore/agent" not in page


def test_everything_else_stays(page):
    kept = [line for line in ORIGINAL.splitlines() if "/static/js/" in line or "/static/css/" in line]
    assert len(kept) > 20
    assert set(kept) <= set(page.splitlines())
    assert '<html lang="en">' in page


def test_the_inline_scripts_and_no_other_are_named():
    script = "window.ready = false"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    html = f'<script>{script}</script><script type="module" src="./x.js"></script>'
    assert inline_script_hashes(html) == (f"'sha256-{digest}'",)


def test_the_installed_page_has_one_inline_script(page):
    assert len(inline_script_hashes(page)) == 1
