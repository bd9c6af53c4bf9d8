"""GET /api/evidence/{item}: a file of evidence, always as an attachment, for those who may read it.

Without the right to read it, and for a number that does not exist, the answer is the same 404: it reveals nothing.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.request_user import user_of_request
from models.access.evidence import StoredFile, evidence_file
from models.people.context import Context
from models.store.database import database_url, engine_for, reading

LONGEST_NUMBER = 12
NOT_FOUND = "This file does not exist, or you are not allowed to read it. If you have an account, sign in first."


def evidence_route() -> Route:
    """Answer with the file, or with one and the same 404."""

    # Not async: the answer waits for the database, so Starlette runs it in a thread.
    def evidence(request: Request) -> Response:
        number = request.path_params["item"]
        file = _find(request, int(number)) if number.isdecimal() and len(number) <= LONGEST_NUMBER else None
        if file is None:
            return PlainTextResponse(NOT_FOUND, 404, headers={"Cache-Control": "no-store"})
        return Response(file.content, media_type=file.content_type, headers=_headers(file.name))

    return Route("/api/evidence/{item}", evidence, methods=["GET"])


def _find(request: Request, number: int) -> StoredFile | None:
    with reading(engine_for(database_url())) as session:
        return evidence_file(Context.at(session, user_of_request(session, request)), number)


def _headers(name: str) -> dict[str, str]:
    """Headers for content from a user's computer: the browser may not display it, guess its type or keep it."""
    plain = name.encode("ascii", "ignore").decode().strip(" .") or "evidence"
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
