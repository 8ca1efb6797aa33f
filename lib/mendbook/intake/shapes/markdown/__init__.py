"""Read audits in Markdown: headings, tables, lists and bold fields become rows."""
