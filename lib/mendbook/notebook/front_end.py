"""Whether somebody sits before this kernel who can press and drag."""

from __future__ import annotations

import os


def interactive() -> bool:
    """Return whether a Jupyter server started this kernel for a notebook that is open.

    papermill, nbconvert and schedulers start kernels of their own: what they execute is read by
    people later, so it shows the static answer, without a megabyte of scripts for each table.
    """
    return bool(os.environ.get("JPY_SESSION_NAME"))
