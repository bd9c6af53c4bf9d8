"""The handover pack, described: its owner, the state of the commitments, and what is left to do."""
