"""The shape of the house: imports point inwards, each outside library has one home, files stay small."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("api", "cli", "models", "pages", "reports")
SOURCES = [
    *sorted(path for part in FOLDERS for path in (ROOT / part).rglob("*.py") if "versions" not in path.parts),
    ROOT / "dashboard.py",
    ROOT / "manage.py",
]

LAYERS = [
    ("models", {"models"}),
    ("reports", {"reports", "models"}),
    ("pages", {"pages", "reports", "models"}),
    ("api", {"api", "models"}),
    ("cli", {"cli", "reports", "models"}),
]
"""What each folder may import of ours."""

SUBJECTS = (
    "core",
    "store",
    "plan",
    "people",
    "progress",
    "figures",
    ("reporting", "amendments"),
    "meetings",
    "access",
    "admin",
    "demo",
)
"""The packages of models/: each may import those that stand before it, and itself."""

USES_STREAMLIT = ("provider_cookie", "framework", "messages", "uploads")
"""What goes round Streamlit in api/: the cookie it reads, its addresses, its messages, its memory."""

HOMES = {
    "streamlit": ("dashboard.py", "pages/", *(f"api/{name}.py" for name in USES_STREAMLIT)),
    "plotly": ("pages/shared/plotly_line.py",),
    "html": ("api/", "reports/formats/"),  # pages draw with htpy, which escapes by itself
    "htpy": ("pages/", "api/"),
    "markupsafe": ("pages/", "api/"),
    "sqlmodel": ("models/", "cli/"),
    "sqlalchemy": ("models/", "cli/"),
    "alembic": ("models/store/",),
    "yaml": ("models/plan/yaml_lines.py",),
    "openpyxl": (
        "models/core/sheet_tables.py",
        "models/core/spreadsheet.py",
        "models/reporting/form_left_out.py",
        "models/reporting/form_received.py",
        "models/reporting/form_workbook.py",
        "models/plan/workbook.py",
        "models/amendments/adoption_workbook.py",
        "reports/formats/excel",
    ),
    "docx": ("reports/formats/word",),
    "pptx": ("reports/formats/powerpoint",),
    "typst": ("reports/formats/typeset.py",),
    "fontTools": ("reports/formats/shipped_fonts.py",),
    "click": ("manage.py", "cli/"),
    "starlette": ("api/", "dashboard.py"),
    "uvicorn": ("api/proxy.py",),
    "itsdangerous": ("models/people/tokens.py",),
    "smtplib": ("models/people/mail.py",),
    "email_validator": ("models/core/mail_address.py",),
    "pydantic_settings": ("models/core/settings.py",),
}
"""Where each outside library may be imported."""

OTHER_CLIENTS = {"urllib.request", "http.client", "httpx", "requests", "aiohttp", "socket", "ftplib"}
"""What could call another server; Streamlit alone asks the identity provider."""

LOOKS_AT_A_WATCH = {"models/store/clock.py", "models/core/settings.py"}
FILE_LIMIT, PAGE_LIMIT, FUNCTION_LIMIT = 500, 100, 45


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_inwards(path):
    allowed = next((allowed for folder, allowed in LAYERS if name_of(path).startswith(f"{folder}/")), None)
    if allowed is None:
        assert name_of(path) in {"dashboard.py", "manage.py", "models/__init__.py"}
        return
    ours = [module for module in imports(path) if module.split(".")[0] in FOLDERS]

    assert [] == [module for module in ours if not any(f"{module}.".startswith(f"{folder}.") for folder in allowed)]


def subject_of(module: str) -> int:
    """The place of a module of models/ in the order of subjects."""
    subject = module.split(".")[1]
    return next(
        place for place, names in enumerate(SUBJECTS) if subject in ((names,) if isinstance(names, str) else names)
    )


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if len(path.relative_to(ROOT).parts) > 2 and path.relative_to(ROOT).parts[0] == "models"],
    ids=name_of,
)
def test_a_subject_imports_only_those_before_it(path):
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    others = [
        module for module in imports(path) if module.startswith("models.") and module.split(".")[1] != own.split(".")[1]
    ]

    assert [] == [module for module in others if subject_of(module) >= subject_of(own)]


def test_no_subject_outgrows_the_others():
    """A package that holds more than a fifth of models/ is no subject but a cupboard."""
    lines: dict[str, int] = {}
    for path in SOURCES:
        parts = path.relative_to(ROOT).parts
        if parts[0] == "models" and len(parts) > 2:
            lines[parts[1]] = lines.get(parts[1], 0) + len(path.read_text(encoding="utf-8").splitlines())

    assert {} == {subject: count for subject, count in lines.items() if count > sum(lines.values()) / 5}


@pytest.mark.parametrize("library", HOMES)
def test_each_outside_library_has_one_home(library):
    users = [name_of(path) for path in SOURCES if library in {module.split(".")[0] for module in imports(path)}]

    assert [] == [user for user in users if not user.startswith(HOMES[library] or "nowhere")]


def test_only_mail_and_the_provider_call_another_server():
    """What a browser loads is held by the content policy, api/security.py; here is what the server itself calls.

    The settings ask the machine alone, whether it has IPv6.
    """
    called = {name_of(path): OTHER_CLIENTS & set(imports(path)) for path in SOURCES}
    streamlit = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert {"models/core/settings.py": {"socket"}} == {name: clients for name, clients in called.items() if clients}
    assert "has_dualstack_ipv6" in (ROOT / "models" / "core" / "settings.py").read_text(encoding="utf-8")
    assert {"models/people/mail.py"} == {name_of(path) for path in SOURCES if "smtplib" in imports(path)}
    assert streamlit["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}


def test_no_page_stands_where_streamlit_would_find_it_without_the_menu():
    """Streamlit runs pages/*.py by itself on a fresh server; those two draw nothing of their own."""
    assert {"__init__.py", "menu.py", "menu_pages.py"} == {path.name for path in (ROOT / "pages").glob("*.py")}


PAGE_FILES = [path for path in SOURCES if name_of(path).startswith("pages/")]


@pytest.mark.parametrize("path", PAGE_FILES, ids=name_of)
def test_html_reaches_the_screen_by_one_door(path):
    """Streamlit refuses an empty block; show() leaves it out, a bare st.html stops the page."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}

    assert name_of(path).startswith("pages/shared/") or "html" not in names


@pytest.mark.parametrize("path", PAGE_FILES, ids=name_of)
def test_a_page_imports_only_its_own_folder_and_what_pages_share(path):
    own = path.relative_to(ROOT).parts[1]
    allowed = {own, "shared", "menu_pages"}
    pages = [module for module in imports(path) if module.startswith("pages.")]

    assert [] == [module for module in pages if module.split(".")[1] not in allowed]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]

    assert len(text.splitlines()) <= (PAGE_LIMIT if is_page(path) else FILE_LIMIT)
    assert [] == [node.name for node in functions if (node.end_lineno or 0) - node.lineno > FUNCTION_LIMIT]


def is_page(path: Path) -> bool:
    from pages.menu_pages import PAGES

    return name_of(path) in {f"pages/{page.path}" for page in PAGES}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_pure_asks_the_clock_or_the_environment(path):
    """Today is an argument; only the read of the clock, the server and the command line look at a watch."""
    if not name_of(path).startswith(("models/", "reports/")) or name_of(path) in LOOKS_AT_A_WATCH:
        return
    text = path.read_text(encoding="utf-8")

    assert not any(call in text for call in ("datetime.now(", "date.today(", "time.time(", "os.environ"))


def test_a_report_is_handed_what_the_server_is_set_to():
    users = {name_of(path) for path in SOURCES if "models.core.settings" in imports(path)}

    assert set() == {name for name in users if name.startswith("reports/")}


def test_a_public_class_name_stands_for_one_thing_in_the_whole_product():
    places: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(name_of(path))

    assert {} == {name: files for name, files in places.items() if len(files) > 1}


def given_names(tree: ast.Module) -> Iterator[str]:
    """The names of a module: of variables, parameters, fields, functions and classes, not of the libraries it calls."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Name(id=name)
                | ast.arg(arg=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
                | ast.alias(asname=str(name))
                | ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.Attribute(attr=name, ctx=ast.Store())
            ):
                yield name


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_name_says_what_it_holds(path):
    """`one` and `found` fit every value, so that they say nothing about any."""
    names = {name.strip("_") for name in given_names(ast.parse(path.read_text(encoding="utf-8")))}

    assert set() == names & {"one", "found"}


OLD_NAMES = re.compile(
    r"Told|Asked|Sight|Narrowing|Occasion|Taking|Hat|hats?|Owing|OwedByHat|WhoOwes|Waiting|Spoken|SaidBefore|SaidThen"
    r"|HandedIn|Written|Complaint|complaints|Desk|Reader|heard_in|who_owes|sight_of"
)
"""Names of the first releases that a new maintainer could not know; docs/glossary.md has the words in use."""


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_name_of_the_old_vocabulary_is_used(path):
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = {
        getattr(node, field)
        for node in nodes
        for kind, field in (
            (ast.Name, "id"),
            (ast.Attribute, "attr"),
            (ast.ClassDef, "name"),
            (ast.FunctionDef, "name"),
        )
        if isinstance(node, kind)
    }

    assert [] == sorted(name for name in names if OLD_NAMES.fullmatch(name))
