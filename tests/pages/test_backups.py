"""What the secretariat reads about the backups."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.core.text import ago
from models.store.kept_backups import Backup
from pages.people.text import backup_warning, last_backup

MADE = datetime(2026, 11, 21, 23, tzinfo=UTC)
KEPT = (Backup(Path("/srv/data/backups/aiprap-20261121T230000Z.db"), MADE, 1_234_567),)


def test_how_old_the_last_is_and_where_it_stands():
    assert last_backup(KEPT, MADE + timedelta(hours=3), "Asia/Jakarta") == (
        "Last backup 3 hours ago, 22 Nov 2026, 06:00 (Asia/Jakarta), 1.2 MB; 1 kept in data/backups on the server."
    )
    assert last_backup((), MADE, "Asia/Jakarta") == ""


@pytest.mark.parametrize(
    ("age", "expected"), [(timedelta(days=2), ""), (timedelta(days=3), "The last backup was made 3 days ago. ")]
)
def test_two_days_without_one_is_stated(age, expected):
    assert backup_warning(KEPT, MADE + age).startswith(expected)
    assert bool(expected) is bool(backup_warning(KEPT, MADE + age))


def test_that_there_is_none_is_stated():
    assert backup_warning((), MADE).startswith("There is no backup of this database.")


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "1 hour ago"),
        (timedelta(hours=47), "47 hours ago"),
        (timedelta(hours=48), "2 days ago"),
    ],
)
def test_ages_in_words(age, expected):
    assert expected == ago(MADE, MADE + age)
