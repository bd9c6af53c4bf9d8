"""The handover pack, described: whose it is, how things stand, and what is left to do."""
