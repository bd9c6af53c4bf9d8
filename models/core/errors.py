"""Expected errors, with messages for the people who meet them.

Every message says what is wrong, where, and what to do.
Any other error is a fault of the program: it is logged in full, and the user gets an apology.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem in an input: its location, what is wrong, and the remedy."""

    file: str
    line: int
    what: str
    remedy: str
    path: str = ""

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}: {where}{self.what}; {self.remedy}"


class FieldError(NamedTuple):
    """An error in what was typed: its field (empty if it concerns none), what is wrong, and the remedy."""

    field: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.remedy}." if self.remedy else self.message


class TrackerError(Exception):
    """An expected error; its text is for the user."""

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """The single errors."""
        return (FieldError("", str(self)),)


class Refused(TrackerError):
    """An input is refused as a whole, with every problem in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PlanError(Refused):
    """The plan files or the plan workbook cannot be used."""


class WorkbookRefused(Refused):
    """An Excel file cannot be opened, or is not safe to open."""


class LoadRefused(Refused):
    """The edition may not follow the one in force."""


class ImportRefused(Refused):
    """The progress file cannot be imported; nothing was saved."""


class FormRefused(Refused):
    """The progress form cannot be read; nothing was saved."""


class FieldRefused(TrackerError, ValueError):
    """What was typed is refused, with every error; `field` is the field of errors that are given as sentences."""

    def __init__(self, *errors: FieldError | str, field: str = "") -> None:
        self._errors = tuple(error if isinstance(error, FieldError) else FieldError(field, error) for error in errors)
        super().__init__("\n".join(map(str, self._errors)))

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """The single errors."""
        return self._errors


class UpdateRefused(FieldRefused):
    """A statement, or a change of its state, is refused."""


class TextRefused(FieldRefused):
    """A text typed for everybody cannot be kept."""


class DecisionRefused(FieldRefused):
    """A decision or action point of a meeting may not be recorded or closed."""


class PeopleRefused(Refused):
    """Nobody on a list was added, with the problems of each line."""


class PersonRefused(TrackerError, ValueError):
    """The change to an account is not allowed."""


class SignInRefused(TrackerError, PermissionError):
    """Nobody was signed in; the message says how to get a new link. `reason` is for the log and names no person."""

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class TooManyTries(SignInRefused):
    """There were too many attempts; the message says how long to wait."""


class NotPermitted(TrackerError, PermissionError):
    """The user may not do this; the message says whom to ask."""


class NotFound(TrackerError, LookupError):
    """There is nothing with the requested key, number or date."""


class MailRefused(TrackerError, OSError):
    """A mail was not accepted by the mail server."""


class MailServerUnavailable(MailRefused):
    """No mail can be sent now: the mail server does not answer, or refuses this server."""


class OutputRefused(TrackerError, OSError):
    """A command may not, or cannot, write its result where it was asked to."""


class SettingRefused(TrackerError, ValueError):
    """An environment variable of the server has an invalid value."""


class DatabaseError(TrackerError):
    """The database cannot be used as it is."""
