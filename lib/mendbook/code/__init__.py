"""All that reads or edits source code: trees, modules, references, edits."""
