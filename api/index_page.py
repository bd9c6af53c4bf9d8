"""The HTML page in which the dashboard starts: Streamlit's, with our title and without files that nobody needs.

Streamlit's own page is called "Streamlit", is blank until a megabyte of script has loaded, and requests a 170 kB font
that our theme does not use. On a slow line these are the first ten seconds. Its files on disk stay as they are.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_FONT = re.compile(r'\./static/media/SourceSans[^"]+')
_SERVICE_DESCRIPTION = re.compile(r'<!--(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*>', re.DOTALL)
_WITHOUT_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_ROOT = '<div id="root"></div>'

# A grey legible on white and on black: the theme is not known before the script has loaded.
_WAITING = """<div id="root">
      <p role="status" style="font-family: sans-serif; margin: 15vh auto; max-width: 30rem; padding: 0 1rem;\
 color: #767676">{title} is loading.</p>
    </div>"""
_NEEDS_SCRIPT = "<noscript><p>{title} needs JavaScript. Please switch it on in your browser.</p></noscript>"


def index_page(original: str, *, title: str, style: str, font: str, modules: Iterable[str]) -> str:
    """Streamlit's index.html with our title and style, and a notice while it loads.

    The browser requests our font and the modules of the first screen at once, not when the script reaches them.
    """
    early = "".join(f'<link rel="modulepreload" crossorigin href="{module}">\n    ' for module in modules)
    page = _TITLE.sub(f"<title>{title}</title>", original, count=1)
    page = _FONT.sub(font, page, count=1)
    page = _SERVICE_DESCRIPTION.sub("", page, count=1)
    page = _WITHOUT_SCRIPT.sub(_NEEDS_SCRIPT.format(title=title), page, count=1)
    page = page.replace("</head>", f"  {early}<style>\n{style}</style>\n  </head>", 1)
    return page.replace(_ROOT, _WAITING.format(title=title), 1)


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """The sources that let exactly the inline scripts of a page run, for its content security policy."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(page))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
