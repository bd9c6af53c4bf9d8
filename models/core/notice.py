"""One mail, before it is sent or handed on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail: to whom, about what, and its text."""

    to: str
    subject: str
    text: str

    @property
    def as_mail(self) -> str:
        """As it is handed on by somebody's own mail program."""
        return f"To: {self.to}\nSubject: {self.subject}\n\n{self.text}"
