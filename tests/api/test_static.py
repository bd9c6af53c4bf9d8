import gzip

import pytest
from starlette.responses import PlainTextResponse

from api.static import HASHED, NAMED, StaticFiles, accepts, pack_folder
from tests.api.asking import ask

SCRIPT = b"console.log('many times the same');" * 50
FONT = b"wOF2 packed already"


@pytest.fixture(name="app")
def _app(tmp_path):
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "index.abc.js").write_bytes(SCRIPT)
    (tmp_path / "letters.woff2").write_bytes(FONT)
    (tmp_path / "secret.key").write_bytes(b"not for the web")
    return StaticFiles(PlainTextResponse("passed on"), pack_folder(tmp_path, "/static", HASHED))


def test_a_script_comes_compressed(app):
    answer = ask(app, "/static/js/index.abc.js", Accept_Encoding="gzip, deflate")
    assert gzip.decompress(answer.body) == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == HASHED
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-length"] == str(len(answer.body))


def test_a_font_comes_as_it_is_to_anybody(app):
    answer = ask(app, "/static/letters.woff2")
    assert answer.body == FONT
    assert "content-encoding" not in answer.headers


def test_head_has_the_headers_of_get_and_no_body(app):
    got, head = (ask(app, "/static/letters.woff2", method) for method in ("GET", "HEAD"))
    assert head.headers == got.headers
    assert head.body == b""


@pytest.mark.parametrize("sent", ["{}", "W/{}", '"another", {}'])
def test_what_a_browser_has_is_not_sent_again(app, sent):
    etag = ask(app, "/static/letters.woff2").headers["etag"]
    answer = ask(app, "/static/letters.woff2", If_None_Match=sent.format(etag))
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)


@pytest.mark.parametrize(
    ("path", "method", "offer"),
    [
        ("/static/js/index.abc.js", "GET", "identity"),
        ("/static/js/index.abc.js", "POST", "gzip"),
        ("/static/js/../js/index.abc.js", "GET", "gzip"),
        ("/static/js", "GET", "gzip"),
        ("/static/secret.key", "GET", "gzip"),
        ("/", "GET", "gzip"),
    ],
)
def test_everything_else_is_passed_on(app, path, method, offer):
    assert ask(app, path, method, Accept_Encoding=offer).body == b"passed on"


def test_the_same_files_are_packed_into_the_same_bytes(tmp_path):
    (tmp_path / "a.css").write_bytes(b"p { color: red }")
    assert pack_folder(tmp_path, "", NAMED) == pack_folder(tmp_path, "", NAMED)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip", True),
        ("br, GZip;q=0.5", True),
        ("gzip;q=1.0", True),
        ("gzip; q=0", False),
        ("gzip;q=0.000", False),
        ("", False),
        ("br", False),
        ("x-gzip", False),
    ],
)
def test_a_client_is_taken_at_its_word(header, expected):
    assert accepts(header, "gzip") is expected
