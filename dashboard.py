"""The server: Streamlit's pages, our own routes, middleware and background jobs.

    streamlit run dashboard.py

The script that Streamlit runs is `pages/menu.py`, not this file. Every page sits in a folder of its own below it, so
no address reaches a page except through the menu, which knows who the visitor is and what they may see.
"""

import logging
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from api.downloads import Downloads
from api.evidence import evidence_route
from api.framework import Framework
from api.health import health_route
from api.index_page import index_page, inline_script_hashes
from api.lifespan import lifespan
from api.messages import Messages
from api.oidc import ProviderSignIn, auth_secrets
from api.own_names import OwnNames
from api.proxy import BehindProxies
from api.scheduled_jobs import JOBS
from api.security import SecurityHeaders, security_headers
from api.sign_in import sign_in_routes
from api.static import ALWAYS_ASK, HASHED, NAMED, StaticFile, StaticFiles, pack, pack_folder
from api.uploads import Uploads
from models.admin.health import health
from models.core.settings import server_settings
from models.store.database import database_url
from pages.menu_pages import PAGES
from pages.shared.apology import apologise
from pages.shared.warm import warm

TITLE = "ASEAN IPR Action Plan 2026-2030"
ADDRESSES = frozenset(entry.url_path for entry in PAGES)
PAGES_FOLDER = Path(__file__).parent / "pages"
STREAMLIT = Path(st.__file__).parent / "static"
# What draws the first screen of Overview, an st.html block. Plotly comes after it.
FIRST_SCREEN = ("js/Html.*.js", "js/purify.es.*.js")

# One line per event on standard error; libraries log only warnings and errors.
logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z")
for package in ("api", "models", "pages"):
    logging.getLogger(package).setLevel(logging.INFO)

settings = server_settings()
uploads, downloads = Uploads(), Downloads()
index = index_page(
    (STREAMLIT / "index.html").read_text(encoding="utf-8"),
    title=TITLE,
    style=(PAGES_FOLDER / "shared" / "look.css").read_text(encoding="utf-8"),
    font="./app/static/fonts/noto-sans-400.woff2",
    modules=[f"./static/js/{path.name}" for name in FIRST_SCREEN for path in (STREAMLIT / "static").glob(name)],
)
# Filled by pack_files before the first request.
files: dict[str, StaticFile] = {}


def pack_files() -> None:
    """Compress the page every address starts in, Streamlit's files and our fonts."""
    page = pack(index.encode(), ".html", ALWAYS_ASK)
    files.update({f"/{address}": page for address in ("", *(entry.url_path for entry in PAGES))})
    files.update(pack_folder(STREAMLIT / "static", "/static", HASHED))
    files.update(pack_folder(PAGES_FOLDER / "static", "/app/static", NAMED))
    # Until a session brings our theme, Streamlit sets a few words in its own font: 170 kB for half a second.
    for path in [path for path in files if path.startswith("/static/media/SourceSansVF-Upright")]:
        files[path] = files["/app/static/fonts/noto-sans-400.woff2"]


app = st.App(
    "pages/menu.py",
    lifespan=lifespan(pack_files, warm, jobs=JOBS, tidying=[uploads.free]),
    routes=[health_route(health), evidence_route(), *sign_in_routes(settings, ADDRESSES)],
    secrets=auth_secrets(settings, database_url()),
    middleware=[
        Middleware(SecurityHeaders, headers=security_headers(inline_script_hashes(index), is_https=settings.is_https)),
        Middleware(BehindProxies, proxies=settings.proxies),
        Middleware(OwnNames, public_url=settings.public_url),
        Middleware(Framework, settings=settings, uploads=uploads, downloads=downloads),
        Middleware(Messages, downloads=downloads),
        Middleware(ProviderSignIn, settings=settings, pages=ADDRESSES),
        Middleware(StaticFiles, files=files),
    ],
    on_script_error=apologise,
)
