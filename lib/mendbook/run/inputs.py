"""What a run is made from: files, a repository and parameters, checked before anything is done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from mendbook.errors import InputError, UsageError
from mendbook.policy import default_policy
from mendbook.policy.platform import FILE, platform_beside
from mendbook.proving.gates import Gate, parse_gates
from mendbook.text.closest import did_you_mean

_PROVIDERS = ("auto", "exact", "syntax")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a caller may choose about a plan."""

    audit: Path
    repo: Path | None = None
    profiles: tuple[Path, ...] = ()
    tools: tuple[Path, ...] = ()
    """Reports of other tools that enrich the audit: SARIF, ESLint, knip and so on."""
    history: tuple[Path, ...] = ()
    """Earlier remediation JSON, each beside the audit that its ``auditRef`` names."""
    commit: str = ""
    """Plan on this commit instead of the one the audit names."""
    capacity: float = 20.0
    """Hours a sprint holds."""
    policy: Path | None = None
    overrides: Path | None = None
    references: str = "auto"
    """``auto``, ``exact`` or ``syntax``."""
    gates: str = ""
    """``all``, or gates to run on every tree a merge passes through; empty for none."""
    drafts: Path | None = None
    """What drafters answered (``mendbook draft``); none for none."""
    only: tuple[str, ...] = ()
    """Ids of the findings to plan; empty for all."""
    include_closed: bool = False
    """Plan what the audit calls closed as well."""
    field_map: Path | None = None
    """How to read the audit (``mendbook intake --write-map``); none to tell it by its content."""
    trust_drafts: bool = False
    """Run gates over what an agent wrote even where it cannot be confined."""

    def __post_init__(self) -> None:
        """Refuse parameters that no plan can be made from."""
        if not 0 < self.capacity < float("inf"):
            message = f"capacity {self.capacity}: a sprint needs more than 0 hours"
            raise UsageError(message)
        if self.references not in _PROVIDERS:
            meant = did_you_mean(self.references, _PROVIDERS)
            message = f"references {self.references!r}: choose auto, exact or syntax{meant}"
            raise UsageError(message)
        _ = self.chosen_gates

    @property
    def chosen_gates(self) -> tuple[Gate, ...]:
        """The gates to run; none unless asked for."""
        return parse_gates("" if self.gates == "all" else self.gates) if self.gates else ()

    def parameters(self) -> dict[str, Any]:
        """Return the inputs as a notebook takes them: absolute paths, empty for none."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    def chosen(self) -> dict[str, str]:
        """Return the parameters that are no files, as text."""
        return {
            "capacity": f"{self.capacity:g}",
            "references": self.references,
            "gates": self.gates,
            **({"only": ", ".join(self.only)} if self.only else {}),
            **({"include closed": "yes"} if self.include_closed else {}),
        }

    def hashes(self, overrides: Path) -> dict[str, str]:
        """Return the SHA-256 of every file beside the audit, by a name that says what it is."""
        named = [
            *((f"profile {path.name}", path) for path in self.profiles),
            *((f"tool report {path.name}", path) for path in self.tools),
            *((f"history {path.name}", path) for path in self.history),
            ("policy", self.policy or default_policy()),
            *((("drafts", self.drafts),) if self.drafts else ()),
            *((("map", self.field_map),) if self.field_map else ()),
        ]
        platform = platform_beside(self.policy) or default_policy().with_name(FILE)
        if platform.is_file():
            named.append(("platform", platform))
        if overrides.is_dir():
            named += [
                (f"override {path.relative_to(overrides).as_posix()}", path)
                for path in sorted(overrides.rglob("*"))
                if path.is_file()
            ]
        hashes: dict[str, str] = {}
        for name, path in named:
            count = sum(other == name or other.startswith(f"{name} (") for other in hashes)
            hashes[f"{name} ({count + 1})" if count else name] = _sha256(path)
        return hashes


def _plain(value: object) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value.resolve()) if isinstance(value, Path) else "" if value is None else value


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path"
        raise InputError(message) from error
