"""Mendbook: from a code audit to a remediation plan a team can execute."""
