"""`rollup`: the figures of the plan."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import click

from cli.running import command, reading_database
from models.core.vocabulary import Basis, Grouping
from models.figures.assess import figures
from models.figures.table_text import figures_table
from models.plan.calendar import day_of
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.progress.latest import View
from models.store.clock import current_moment


@command("rollup")
@click.option("--by", type=click.Choice([word.value for word in Grouping]), required=True)
@click.option("--as-of", metavar="DATE", help="The figures as of this day. Default: today.")
@click.option("--known-at", metavar="DATETIME", help="With what was known at this moment. Default: now.")
@click.option("--basis", type=click.Choice([word.value for word in Basis]), default=Basis.CLEARED.value)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def rollup(by: str, as_of: str | None, known_at: str | None, basis: str, form: str) -> None:
    """Print the figures of the plan, by group."""
    with reading_database() as session:
        now = current_moment(session)
        plan = plan_as_known(session, now).plan
        known_moment = _moment(known_at, plan) if known_at else now
        view = View(as_of=given_day(as_of) if as_of else day_of(now, plan), known_at=known_moment, basis=Basis(basis))
        rows = figures(session, view, Grouping(by))
    if form == "json":
        click.echo(json.dumps([row.to_json() for row in rows], indent=2))
    else:
        click.echo(figures_table(rows))


def given_day(text: str) -> date:
    """Return the day of --as-of; raise BadParameter where it is not a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is not a date such as 2027-06-30", param_hint="--as-of") from None


def _moment(text: str, plan: Plan) -> datetime:
    """The moment in UTC; without a zone it is read in the plan's time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        hint = "--known-at"
        raise click.BadParameter(f"{text} is not a moment such as 2027-06-30T17:00", param_hint=hint) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(plan.settings.time_zone))).astimezone(UTC)
