"""Draw every page of the report into screens/, to look at: Word, PDF, Excel and PowerPoint, empty and full.

make screens                            with the pages of the dashboard
python -m tests.office.screens docx     one format
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from models.people.visibility_rules import Display
from reports.formats import Format, write
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from reports.report import Report
from tests.kit.serving import ROOT
from tests.office.libreoffice import converted
from tests.reports.formats.conftest import noted_demonstration, nothing_reported

SCREENS = ROOT / "screens"
PIXELS_AN_INCH = "70"
PDFTOPPM = shutil.which("pdftoppm") or "pdftoppm"
DRAWN = (Format.WORD, Format.PDF, Format.EXCEL, Format.POWERPOINT)


def draw(name: str, report: Report, form: Format, folder: Path) -> None:
    """Each page of one file as a picture."""
    path = folder / f"{name}-{form}.{form}"
    path.write_bytes(write(report, form))
    pdf = path if form is Format.PDF else converted(path, "pdf", folder)
    target = SCREENS / f"report-{name}-{form}"
    subprocess.run([PDFTOPPM, "-png", "-r", PIXELS_AN_INCH, str(pdf), str(target)], check=True)
    print(f"{target.name}-*.png")


def main(word: str) -> None:
    """Draw the report of the demonstration, and one with nothing reported."""
    SCREENS.mkdir(exist_ok=True)
    contents = {"demonstration": noted_demonstration(), "empty": nothing_reported()}
    with tempfile.TemporaryDirectory() as folder:
        for name, source in contents.items():
            report = describe(source, scope=ReportScope(), display=Display.MEETING)
            for form in DRAWN:
                if word in form:
                    draw(name, report, form, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
