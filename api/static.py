"""Static files, compressed once before the first request and answered from memory.

Streamlit sends its own files as they lie on disk and leaves compression to a proxy. On the line many readers have
(1 Mbit/s) that makes 21 seconds of a first visit; compressed it is a few. Only paths found when the server started are
ever answered, so no request can name another file: anything else passes on to Streamlit.
"""

import gzip
import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

# Their names carry a hash of their content, so a changed file is another file. The value is Streamlit's own.
HASHED = "public, immutable, max-age=31536000"
# Names that stay when the content changes: kept a week, then checked again by ETag.
NAMED = "public, max-age=604800"
ALWAYS_ASK = "no-cache"

# A table of our own: on Windows the standard library asks the registry, which may call JavaScript plain text.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_PACKED_ALREADY = {".woff2"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is sent: the bytes, how they are encoded, and for how long a browser may keep them."""

    body: bytes
    content_type: str
    encoding: str
    etag: str
    cache_control: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers of an answer with this file, and of one that says that it has not changed."""
        encoding = {"Content-Encoding": self.encoding} if self.encoding else {}
        return {"ETag": self.etag, "Cache-Control": self.cache_control, "Vary": "Accept-Encoding"} | encoding


def pack(content: bytes, suffix: str, cache_control: str) -> StaticFile:
    """Make a file ready to send; formats that are compressed already are not compressed again."""
    encoding = "" if suffix in _PACKED_ALREADY else "gzip"
    # mtime=0: the same file gives the same bytes on every server, and so the same ETag.
    body = gzip.compress(content, compresslevel=9, mtime=0) if encoding else content
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return StaticFile(body, _TYPES[suffix], encoding, etag, cache_control)


def pack_folder(folder: Path, prefix: str, cache_control: str) -> dict[str, StaticFile]:
    """Make every file below a folder ready to send, by the path of its address."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in _TYPES and path.is_file()]

    def packed(path: Path) -> StaticFile:
        return pack(path.read_bytes(), path.suffix, cache_control)

    # zlib lets other threads run, so two cores halve the second this takes.
    with ThreadPoolExecutor() as threads:
        files = threads.map(packed, paths)
        return {
            f"{prefix}/{path.relative_to(folder).as_posix()}": file for path, file in zip(paths, files, strict=True)
        }


class StaticFiles:
    """Answers for the files of a table, and passes every other request on."""

    def __init__(self, app: ASGIApp, files: Mapping[str, StaticFile]) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET or HEAD for a known file that the client can decode."""
        answer: ASGIApp = self._answer(scope) or self.app
        await answer(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        file, headers = self.files.get(scope["path"]), Headers(scope=scope)
        if file is None or not accepts(headers.get("Accept-Encoding", ""), file.encoding):
            return None
        if file.etag in headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=file.headers)
        sizes = {"Content-Length": str(len(file.body)), "Content-Type": file.content_type}
        return Response(file.body if scope["method"] == "GET" else b"", headers=file.headers | sizes)


def accepts(accept_encoding: str, encoding: str) -> bool:
    """Whether a client that sent this header decodes that encoding; a weight of 0 refuses it."""
    offers = [offer.replace(" ", "").lower().partition(";q=") for offer in accept_encoding.split(",")]
    return not encoding or any(name == encoding and (not weight or weight.strip("0.")) for name, _, weight in offers)
