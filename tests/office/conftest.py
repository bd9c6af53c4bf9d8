"""The reports that writers' tests share, for LibreOffice to open."""

from tests.reports.formats.conftest import (  # noqa: F401  # fixtures
    _demonstration,
    _described,
    _hostile,
    _noted,
    _nothing_reported,
)
