"""Operators, log levels and numbers changed for others."""
