"""What people read on Plan."""

from models.figures.method_text import METHOD_VERSION

BASIS = "What each title is based on"
ASSUMED = "What is assumed, field by field"
OLDER_TEXT = "The quote is from the older half of the page; the previous plan may already have completed this work."

EDITIONS = "{editions} loaded"
EDITIONS_NOTE = "Editions are never deleted, so earlier figures can always be reproduced."

EVENTS = "{events} changed what is counted"
LEDGER_NOTE = "The denominator ledger lists every commitment that entered or left what is counted, with the reason."

METHOD = f"Method, version {METHOD_VERSION}"
METHOD_NOTE = "How figures are calculated. A changed formula is a new version, and earlier figures are recalculated."
