"""GET /api/healthz: whether this server can do its work, for the tool that monitors it."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Check = Callable[[], Mapping[str, object]]
"""Its result: `status` is "ok" or "degraded", and details."""


def health_route(check: Check) -> Route:
    """Answer 200 while all is well and 503 otherwise, with what the check found."""

    # Not async: the check waits for the database, so Starlette runs it in a thread.
    def healthz(_request: Request) -> JSONResponse:
        result = check()
        code = 200 if result.get("status") == "ok" else 503
        return JSONResponse(dict(result), status_code=code, headers={"Cache-Control": "no-store"})

    return Route("/api/healthz", healthz, methods=["GET"])
