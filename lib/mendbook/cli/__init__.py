"""The command line: one file for each group of commands."""

from mendbook.cli.application import app
from mendbook.cli.command_line import main

__all__ = ["app", "main"]
