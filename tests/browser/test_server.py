"""What the server adds to Streamlit, seen from outside."""

import gzip
import json
import re
import urllib.error
import urllib.request

import pytest


def get(address, **headers):
    request = urllib.request.Request(address, headers={name.replace("_", "-"): text for name, text in headers.items()})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/api/healthz", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(path, empty):
    _, headers, _ = get(empty + path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src 'self' 'sha256-[^']+';", policy)


def test_the_starting_page_is_ours_and_small(empty):
    _, headers, body = get(empty, Accept_Encoding="gzip")
    page = gzip.decompress(body).decode()
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Cache-Control"] == "no-cache"
    assert "<title>ASEAN IPR Action Plan 2026-2030</title>" in page
    assert "SourceSans" not in page
    assert "_stcore/agent" not in page


def test_scripts_come_compressed_and_are_kept_for_good(empty):
    _, _, page = get(empty, Accept_Encoding="gzip")
    scripts = re.findall(r'"\.(/static/js/[^"]+)"', gzip.decompress(page).decode())
    assert len(scripts) > 20
    for script in scripts:
        _, headers, _ = get(empty + script, Accept_Encoding="gzip")
        assert headers["Content-Encoding"] == "gzip"
        assert "immutable" in headers["Cache-Control"]
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_what_a_browser_has_is_not_sent_again(empty):
    address = f"{empty}/app/static/fonts/noto-sans-400.woff2"
    _, headers, _ = get(address)
    with pytest.raises(urllib.error.HTTPError, match="304"):
        get(address, If_None_Match=headers["ETag"])


@pytest.mark.parametrize("path", ["/static/../../../manage.py", "/app/static/../shared/warm.py", "/static/js/%2e%2e/x"])
def test_no_path_leads_out_of_the_static_folders(path, empty):
    with pytest.raises(urllib.error.HTTPError, match=r"40[04]"):
        get(empty + path, Accept_Encoding="gzip")


def test_the_health_check_says_how_things_stand(empty):
    status, headers, body = get(f"{empty}/api/healthz")
    assert (status, json.loads(body)["status"]) == (200, "ok")
    assert headers["Cache-Control"] == "no-store"
