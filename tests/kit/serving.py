"""A server in a process of its own, for tests and benchmarks that talk to it as a browser does."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
HEALTH = "/_stcore/health"
PROVIDER_METADATA = "/.well-known/openid-configuration"
_START_WITHIN_SECONDS = 90.0


def manage(*arguments: str, database_url: str) -> None:
    """Run one `manage.py` command on a database, and fail with what it printed if it fails."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    environment = os.environ | {"DATABASE_URL": database_url}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)


def serving_dashboard(
    database_url: str, *, port: int | None = None, environment: Mapping[str, str] | None = None
) -> contextlib.AbstractContextManager[str]:
    """Serve the dashboard, as `make run` does, until the block ends; gives its address."""
    port = port or free_port()
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    return _serving(port, command, cwd=ROOT, environment={"DATABASE_URL": database_url, **(environment or {})})


@contextlib.contextmanager
def killable_dashboard(
    database_url: str, *, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The dashboard served as above; gives its process beside its address."""
    port = free_port()
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    with _running(
        port, command, cwd=ROOT, environment={"DATABASE_URL": database_url, **(environment or {})}
    ) as process:
        yield f"http://{LOOPBACK}:{port}", process


def serving_provider(*users: Mapping[str, object]) -> contextlib.AbstractContextManager[str]:
    """Serve an OpenID Connect provider that knows these users, by their claims, and asks for no password."""
    port = free_port()
    claims = [word for user in users for word in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims]
    return _serving(port, command, cwd=ROOT, environment={}, health=PROVIDER_METADATA)


def serving_proxy(server_address: str, server_port: int, *, port: int) -> contextlib.AbstractContextManager[str]:
    """Serve a reverse proxy that asks a dashboard at this address of the machine; gives the proxy's address."""
    script = Path(__file__).with_name("reverse_proxy.py")
    command = [sys.executable, str(script), str(port), server_address, str(server_port)]
    return _serving(port, command, cwd=ROOT, environment={})


def serving_script(
    script: Path, *, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> contextlib.AbstractContextManager[str]:
    """Serve one script with Streamlit alone; the settings are those of the folder it runs in."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    return _serving(port, command, cwd=cwd, environment=environment or {})


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def _serving(
    port: int, command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], health: str = HEALTH
) -> Iterator[str]:
    with _running(port, command, cwd=cwd, environment=environment, health=health):
        yield f"http://{LOOPBACK}:{port}"


@contextlib.contextmanager
def _running(
    port: int, command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], health: str = HEALTH
) -> Iterator[subprocess.Popen[bytes]]:
    ours = {"STREAMLIT_SERVER_ADDRESS": LOOPBACK, "STREAMLIT_SERVER_HEADLESS": "true"}
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **ours, **environment}) as process:
        try:
            _wait_until_ready(f"http://{LOOPBACK}:{port}", health, process)
            yield process
        finally:
            process.terminate()


def _wait_until_ready(address: str, health: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + _START_WITHIN_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        # It refuses connections until it listens, and listens when it is warm.
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{address}{health}", timeout=5),
        ):
            return
        time.sleep(0.1)
    message = f"no server answered at {address} (exit code {process.poll()})"
    raise RuntimeError(message)
