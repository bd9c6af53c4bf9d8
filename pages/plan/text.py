"""What people read on Plan."""

from models.figures.method_text import METHOD_VERSION

WORDING = "Wording"
BASIS = "What each title is based on"
BASIS_NOTE = "Quotes are taken word for word from the ASEAN page."
ASSUMED = "What is assumed, field by field"
OLDER_TEXT = "The quote is from the older half of the page; the previous plan may already have completed this work."

EDITIONS = "{editions} loaded"
EDITIONS_NOTE = "Editions are never deleted, so earlier figures can always be reproduced."
CHANGES = "Changes in edition {version}"

NO_EVENTS = "Nothing has changed what is counted since the first edition"
EVENTS = "{events} changed what is counted"
LEDGER_NOTE = "The denominator ledger lists every commitment that entered or left what is counted, with the reason."
THE_PLAN = "The plan"

METHOD = f"Method, version {METHOD_VERSION}"
METHOD_NOTE = "How figures are calculated. A changed formula is a new version, and earlier figures are recalculated."
