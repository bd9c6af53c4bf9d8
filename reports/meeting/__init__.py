"""Describing the meeting report: from a snapshot to a frozen Report (reports/report.py), section by section."""
