"""The rung *binds*: every name in changed code means something, and nothing used is gone."""

from mendbook.proving.binds.check import Binder

__all__ = ["Binder"]
