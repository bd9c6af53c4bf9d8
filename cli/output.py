"""Where a command writes its result: never over the database, over an existing file only with --force."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import click

from cli.running import chosen_url
from models.core.errors import OutputRefused
from models.store.backup import is_own_file, is_sqlite
from models.store.database import engine_for

OWN_FILE = "{} belongs to the database; choose another name"


@dataclass(frozen=True, slots=True)
class Output:
    """The file or folder that a command writes; `output_option` has checked that it may be written."""

    path: Path

    def write(self, content: bytes) -> None:
        """Write the file, which appears under its name when it is complete. Raises OutputRefused."""
        with self._beside() as partial:
            partial.write_bytes(content)

    def write_folder(self, files: Mapping[str, bytes]) -> None:
        """Write files by their names in the folder, which appears when it is complete. Raises OutputRefused."""
        with self._beside() as partial:
            partial.mkdir(parents=True)
            for name, content in files.items():
                (partial / name).parent.mkdir(parents=True, exist_ok=True)
                (partial / name).write_bytes(content)

    @contextmanager
    def _beside(self) -> Iterator[Path]:
        """A path to write to, which takes the place of the result at the end; if that fails, nothing remains."""
        partial = self.path.with_name(f".{self.path.name}.partial")
        try:
            yield partial
            if partial.is_dir() and self.path.is_dir():
                self.path.rmdir()
            partial.replace(self.path)
        except OSError as error:
            raise OutputRefused(
                f"{self.path} cannot be written ({error.strerror}); name a file in a folder that exists and has room"
            ) from error
        finally:
            with suppress(OSError):  # it was never made, or the error above says what is wrong with the disk
                rmtree(partial) if partial.is_dir() else partial.unlink()


def output_option(help_text: str, *, required: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add `--out PATH` and `--force` to a command, which gets `out`: an Output, or None where none was named."""

    def add(function: Callable[..., None]) -> Callable[..., None]:
        out = click.option(
            "--out", type=click.Path(path_type=Path), required=required, callback=_output, help=help_text
        )
        # Eager, so that it is known when `--out` is checked.
        force = click.option(
            "--force",
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_force,
            help="Replace an existing file.",
        )
        return out(force(function))

    return add


def _force(context: click.Context, _option: click.Parameter, force: bool) -> None:  # noqa: FBT001  # called by click
    context.meta["force"] = force


def _output(context: click.Context, _option: click.Parameter, path: Path | None) -> Output | None:
    """Check before the work begins, so that nobody waits for a report that is then refused."""
    if path is None:
        return None
    if is_own_file(engine_for(chosen_url()), path) or (path.is_file() and is_sqlite(path)):
        raise OutputRefused(OWN_FILE.format(path))
    if path.is_dir() and any(path.iterdir()):
        raise OutputRefused(f"{path} is a folder that contains files; name a new one")
    if path.is_file() and not context.meta["force"]:
        raise OutputRefused(f"{path} exists; choose another name, or replace it with --force")
    return Output(path)
