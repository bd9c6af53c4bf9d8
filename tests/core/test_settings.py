"""Settings of the server: taken whole, or refused with what is missing."""

import os
import stat
from pathlib import Path

import pytest

from api.oidc import auth_secrets
from models.core.errors import SettingRefused
from models.core.settings import MailServer, Provider, ServerSettings, server_settings
from models.store.database import database_url, engine_for
from models.store.server_secret import server_secret

ROOT = Path(__file__).parents[2]
NAMES = (
    "DATABASE_URL",
    "PUBLIC_URL",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_METADATA_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "AIPRAP_SECRET",
    "STREAMLIT_SERVER_ADDRESS",
    "FORWARDED_ALLOW_IPS",
)
PROVIDER = {"OIDC_CLIENT_ID": "id", "OIDC_CLIENT_SECRET": "secret", "OIDC_METADATA_URL": "https://idp.example.org/x"}
MAIL = {"SMTP_URL": "smtp://mail.example.org:587", "MAIL_FROM": "from@example.org"}
URL = {"PUBLIC_URL": "https://aiprap.example.org/"}


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(name="settings")
def _settings(monkeypatch):
    def settings(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return server_settings()

    return settings


def test_nothing_set_is_this_machine_with_links_handed_over(settings):
    assert ServerSettings() == settings()
    assert ("http://localhost:8600", False) == (settings().address(8600), settings().is_https)


def test_everything_set(settings):
    result = settings(**URL, **PROVIDER, **MAIL)
    assert ("https://aiprap.example.org", True) == (result.address(8600), result.is_https)
    assert Provider("id", "secret", "https://idp.example.org/x") == result.provider
    assert MailServer("smtp://mail.example.org:587", "from@example.org") == result.mail


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        (PROVIDER, "PUBLIC_URL must be set too"),
        (MAIL, "PUBLIC_URL must be set too"),
        (URL | {"OIDC_CLIENT_ID": "id"}, "OIDC_CLIENT_SECRET, OIDC_METADATA_URL must be set too"),
        (URL | {"SMTP_URL": "smtp://x"}, "MAIL_FROM must be set too"),
        (URL | MAIL | {"SMTP_URL": "mail.example.org"}, "SMTP_URL is not a mail server"),
        ({"PUBLIC_URL": "aiprap.example.org"}, "PUBLIC_URL is 'aiprap.example.org'"),
        ({"PUBLIC_URL": "https://example.org/aiprap"}, "scheme and host alone"),
        ({"FORWARDED_ALLOW_IPS": "192.0.2.10, proxy"}, "FORWARDED_ALLOW_IPS names 'proxy'; give addresses"),
        ({"FORWARDED_ALLOW_IPS": "192.0.2.10/24"}, "FORWARDED_ALLOW_IPS names '192.0.2.10/24'"),
    ],
)
def test_what_is_half_set_or_cannot_be_is_refused(settings, values, missing):
    with pytest.raises(SettingRefused, match=missing):
        settings(**values)


def test_others_are_served_only_where_a_setting_says_so(settings):
    assert "127.0.0.1" == settings().listens_on
    assert settings(**URL).listens_on in {"::", "0.0.0.0"}  # noqa: S104
    assert "192.0.2.1" == settings(STREAMLIT_SERVER_ADDRESS="192.0.2.1").listens_on


@pytest.mark.parametrize("proxies", ["*", "192.0.2.10", "192.0.2.10, 2001:db8::/32", "::1"])
def test_proxies_are_named_by_address_or_network(settings, proxies):
    assert proxies == settings(FORWARDED_ALLOW_IPS=proxies).proxies


def test_the_default_database_stands_in_the_project_wherever_one_works(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert f"sqlite:///{ROOT.as_posix()}/data/aiprap.db" == database_url()

    monkeypatch.setenv("DATABASE_URL", "sqlite:///mine.db")
    assert ("sqlite:///mine.db", "sqlite:///other.db") == (database_url(), database_url("sqlite:///other.db"))


def test_a_setting_that_is_empty_or_blank_counts_as_left_out(settings):
    assert ServerSettings() == settings(PUBLIC_URL=" ", SMTP_URL="", MAIL_FROM=" ", DATABASE_URL="")
    assert "https://x.example.org" == settings(PUBLIC_URL=" https://x.example.org ").public_url


def test_the_provider_knows_where_to_send_people_back(settings, tmp_path):
    secrets = auth_secrets(settings(**URL, **PROVIDER), f"sqlite:///{tmp_path / 'x.db'}")
    assert secrets is not None
    assert "https://aiprap.example.org/oauth2callback" == secrets["auth"]["redirect_uri"]
    assert auth_secrets(ServerSettings(), "sqlite://") is None


def test_a_secret_that_cannot_be_kept_is_refused_with_what_to_do(tmp_path):
    tmp_path.joinpath("data").write_text("no folder")

    with pytest.raises(SettingRefused, match=r"cannot be kept in .*secret-key.txt \(.+\); .* or set AIPRAP_SECRET"):
        server_secret(f"sqlite:///{tmp_path / 'data' / 'x.db'}", "cookie")


def test_the_secret_is_made_once_beside_the_database_for_its_owner_alone(tmp_path):
    url = f"sqlite:///{tmp_path / 'x.db'}"
    first = server_secret(url, "cookie")
    assert first == server_secret(url, "cookie") != server_secret(url, "other")

    file = tmp_path / "secret-key.txt"
    assert file.read_text(encoding="utf-8") not in first
    if os.name != "nt":
        assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    engine_for(url).dispose()


def test_the_secret_of_the_environment_serves_several_servers(monkeypatch, tmp_path):
    monkeypatch.setenv("AIPRAP_SECRET", "x" * 32)
    urls = [f"sqlite:///{tmp_path / name}" for name in ("a.db", "b.db")]
    assert 1 == len({server_secret(url, "cookie") for url in urls})
    assert [] == list(tmp_path.iterdir())


def test_a_short_secret_is_refused(monkeypatch):
    monkeypatch.setenv("AIPRAP_SECRET", "secret")
    with pytest.raises(SettingRefused, match="AIPRAP_SECRET is too short"):
        server_secret("sqlite:///x.db", "cookie")
