"""Commands of `manage.py`, run in this process."""

from click.testing import CliRunner, Result

from manage import manage


def invoke(*arguments: object) -> Result:
    """Run a command: `invoke("plan", "load", path)`."""
    return CliRunner().invoke(manage, [str(argument) for argument in arguments])


def printed(*arguments: object, exit_code: int = 0) -> str:
    """Everything that a command printed, which must have ended with this code."""
    result = invoke(*arguments)
    assert exit_code == result.exit_code, result.output
    return result.output
