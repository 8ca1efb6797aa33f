"""The files of settings that are edited: by their names, each with what edits it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.fixes.settings.block_files import edit_blocks
from mendbook.fixes.settings.build_files import edit_go_mod, edit_gradle, edit_pom
from mendbook.fixes.settings.edit import Editor
from mendbook.fixes.settings.hcl_file import edit_hcl
from mendbook.fixes.settings.line_files import (
    edit_dockerfile,
    edit_environment,
    edit_makefile,
    edit_properties,
    edit_requirements,
)
from mendbook.fixes.settings.literal import edit_literal
from mendbook.fixes.settings.shell_file import edit_shell
from mendbook.fixes.settings.sql_schema import edit_sql
from mendbook.fixes.settings.toml_file import edit_toml
from mendbook.fixes.settings.yaml_file import edit_yaml


@dataclass(frozen=True, slots=True)
class SettingsKind:
    """One kind of file: its name, a pattern for its path, and what edits it."""

    name: str
    pattern: str
    edit: Editor


KINDS: tuple[SettingsKind, ...] = (
    SettingsKind("environment", r"(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$", edit_environment),
    SettingsKind(
        "requirements",
        r"(?:^|/)(?:requirements|constraints)(?:/[\w.-]+|[\w.-]*)\.(?:txt|in)$",
        edit_requirements,
    ),
    SettingsKind(
        "Dockerfile",
        r"(?:^|/)(?:Dockerfile|Containerfile)[\w.-]*$|\.[Dd]ockerfile$",
        edit_dockerfile,
    ),
    SettingsKind("properties", r"\.properties$", edit_properties),
    SettingsKind("Makefile", r"(?:^|/)(?:GNU)?[Mm]akefile$|\.mk$", edit_makefile),
    SettingsKind("Terraform", r"\.(?:tf|tfvars|hcl)$", edit_hcl),
    SettingsKind("YAML", r"\.ya?ml$|\.rules$", edit_yaml),
    SettingsKind("JSON", r"\.jsonc?$", edit_yaml),
    SettingsKind("TOML", r"\.(?:toml|ini|cfg|cnf|service|timer|socket)$", edit_toml),
    SettingsKind("patterns", r"(?:^|/)\.[a-z]+ignore$", edit_literal),
    SettingsKind("shell", r"\.(?:sh|bash)$", edit_shell),
    SettingsKind("SQL", r"\.sql$", edit_sql),
    SettingsKind("Go module", r"(?:^|/)go\.mod$", edit_go_mod),
    SettingsKind("Maven", r"(?:^|/)pom\.xml$", edit_pom),
    SettingsKind("Gradle", r"\.gradle(?:\.kts)?$", edit_gradle),
    SettingsKind("blocks", r"\.conf$", edit_blocks),
)


def kind_of(path: str) -> SettingsKind | None:
    """Return the kind of the file at ``path``; None for one that is not edited here."""
    return next((kind for kind in KINDS if re.search(kind.pattern, path)), None)
