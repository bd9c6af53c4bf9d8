"""Sentences of the demonstration log: plainly made up, and about nothing in particular."""

from collections.abc import Mapping

STEPS: Mapping[int, str] = {
    0: "No work has begun.",
    10: "The work plan was agreed.",
    25: "Drafting began; a first outline exists.",
    50: "A draft was circulated for comments.",
    75: "The text was agreed in substance.",
    90: "Adopted; the roll-out is under way.",
    100: "Finished: the result was adopted and published.",
}
"""What is said at each step of progress, in percent."""

SAID = (
    "Two offices sent comments.",
    "A workshop was held online.",
    "Comments are being worked in.",
    "A partner office offered trainers.",
    "Translation is being prepared.",
    "",
)

NEXT_STEPS = (
    "Collect comments from the member states",
    "Present the draft at the next meeting",
    "Hold a workshop with the IP offices",
    "Publish and inform users",
)

OBSTACLES = {
    "law": "A law must be amended first.",
    "staff": "Few staff are free for this.",
    "money": "The workshop is not yet financed.",
    "systems": "Systems of the offices are not yet connected.",
    "coordination": "Some comments came late.",
}
