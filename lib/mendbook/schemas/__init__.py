"""The schemas that Mendbook ships, and whether data is what they ask for."""

from mendbook.schemas.check import errors, is_valid, load_schema, schema_text, worst

__all__ = ["errors", "is_valid", "load_schema", "schema_text", "worst"]
