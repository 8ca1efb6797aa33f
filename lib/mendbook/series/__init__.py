"""Patches stacked into a series that git takes, and written as mails."""
