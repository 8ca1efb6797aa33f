"""What the change that a finding asks for touches: files, risk, rollback, documents, tests."""
