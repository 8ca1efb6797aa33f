"""JSON Schemas (draft 2020-12) of what Mendbook reads and writes, shipped as package data."""
