"""The sentences that several pages show."""

# The menu and the banner of the demonstration
NAME, PLAN = "AIPRAP 2026–2030", "ASEAN IPR Action Plan"
FOOT = "Self-assessment by task forces and member states, cleared by the secretariat."

# Signing in and out
SIGN_IN_FIRST, SIGN_IN_LINK = "Sign in first", "Get a sign-in link"
SIGN_OUT, SIGN_OUT_EVERYWHERE = "Sign out", "Sign out on every device"
WHY_SIGN_IN = "To report or to clear reports:"
NO_ADDRESS = "Your provider did not confirm your e-mail address, so you"

# What a button did
NOT_COMPLETED = (
    "Not completed because of an error on our side, which was recorded. Your text is still here; please try again."
)

# When a page fails
NOT_PREPARED = "The database is not prepared. Start the server with `python manage.py serve`, which prepares it."

# The choice of time, and its citation
NOT_NOTED = "Visitors see figures once the Working Group has taken note of them. Nothing has been noted yet."

# Figures
NO_REPORT = "No report yet"
WHY = "Why these figures"

# The questions for the chair
QUESTIONS_NOTE = "By fixed rules, from what is cleared. Only the secretariat and the chair of AWGIPC can see this."

# The Excel form
DOWNLOAD_FORM, UPLOAD_FORM = "Download the form", "Upload a completed form"
EMPTY_CELL = "nothing"
FORM_REFUSED = "Correct the file and upload it again. Nothing was saved."
LINES_REFUSED = "These lines are not taken. Correct them and upload the file again; the other lines can be taken now."
NOT_TAKEN = "Not taken: this is not in the white cells. Copy what counts into them, or send it by e-mail."
STILL_MISSING = "The drafts can be taken like this, and are complete once you add:"


def demonstration(today: str) -> str:
    """What follows the word on made-up data."""
    return f"Everything reported here is made up; today is {today}."


def page_is_for(readers: str) -> str:
    """For whom a page is that this user may not open."""
    return f"This page is for {readers}"


def sign_in_to_read(readers: str) -> str:
    """The same with the way to it."""
    return f"{page_is_for(readers)}. Sign in, and you will return to it."


def unknown_account(address: str | None) -> str:
    """To somebody whom the provider knows and the list of people does not."""
    remedy = "Sign out and in again, or ask the secretariat to add you."
    return f"{address or NO_ADDRESS} can read the public pages only. {remedy}"


def first_link(path: str) -> str:
    """Before the first sign-in: the file with its link."""
    return f"Nobody has signed in yet: see {path} on the server."


def failure(reference: str) -> str:
    """When a page fails for a reason nobody expected."""
    return (
        "Something went wrong on our side, and has been recorded. What you had saved is safe. "
        f"Please reload the page; if it happens again, give the secretariat this reference: {reference}"
    )


def unknown_choice(word: str, label: str, default: str) -> str:
    """A word of the address that is no option of a choice."""
    return f"“{word}” is not known here ({label}); “{default}” is shown instead."
