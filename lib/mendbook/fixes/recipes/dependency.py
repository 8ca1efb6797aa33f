"""Remove a dependency that nothing uses, or move one to where it belongs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from mendbook.code.lockfile import moved, removed
from mendbook.code.report_files import is_report_inside
from mendbook.fixes.recipe import Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation
from mendbook.repository.snapshot import Snapshot

_MANIFEST, _LOCK = "package.json", "package-lock.json"
_PRODUCTION_ONLY = re.compile(r"isDev|isProd|NODE_ENV|development|production")


def _rewrite(task: Task) -> RecipeChange | str:
    manifest = task.snapshot.get(_MANIFEST)
    if manifest is None:
        return "there is no package.json"
    try:
        read = json.loads(manifest.removeprefix("\ufeff"))
    except ValueError:
        return "package.json is not JSON"
    named = _named(read, task.finding.fix) or _named(
        read, f"{task.finding.problem} {task.finding.evidence}"
    )
    if not named:
        return "the finding names no dependency of package.json"
    wanted: dict[str, str] = {}
    for section, package in named:
        target = _decide(task, section, package)
        if target.startswith("!"):
            return target[1:]
        wanted[package] = target
    return _edit(task, wanted)


def _named(read: dict[str, dict[str, str]], said: str) -> list[tuple[str, str]]:
    return [
        (section, package)
        for section in ("dependencies", "devDependencies")
        for package in read.get(section, {})
        if re.search(rf"(?<![\w@/.-]){re.escape(package)}(?![\w/-])", said)
    ]


def _decide(task: Task, section: str, package: str) -> str:
    """Return the section to move ``package`` to, nothing to remove it, or ``!`` and a reason."""
    fix = f"{task.finding.fix} {task.finding.problem}"
    users = _users(task.snapshot, package)
    if re.search(r"devDependenc|\bdev\b", fix, re.IGNORECASE) and section == "dependencies":
        for path in users:
            if path.startswith("src/") and not _only_in_development(task.snapshot, path, package):
                return f"!{package} is used in production by {path}"
        return "devDependencies"
    if re.search(r"remove|unused|delete|uninstall", fix, re.IGNORECASE):
        return f"!{package} is used by {', '.join(users[:3])}" if users else ""
    return f"!the finding does not say where {package} belongs"


def _users(snapshot: Snapshot, package: str) -> list[str]:
    """Return the files that name the package: imports, configurations, scripts, types for it."""
    pattern = re.compile(rf"[\"'`/\s]{re.escape(package)}(?=[\"'`/\s])")
    skipped = (".md", "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml")
    users = [
        path
        for path in snapshot.files
        if not path.endswith(skipped)
        and pattern.search(text := snapshot.text(path))
        and not is_report_inside(path, text)
    ]
    read = json.loads(snapshot.text(_MANIFEST).removeprefix("\ufeff"))
    command = re.compile(rf"(^|[\s/&|]){re.escape(package.rpartition('/')[2])}(\s|$)")
    if any(command.search(script) for script in read.get("scripts", {}).values()):
        users.append("a script of package.json")
    if package.startswith("@types/"):
        users += _users(snapshot, package.removeprefix("@types/").replace("__", "/"))
        users += ["the types of Node.js"] if package == "@types/node" else []
    return users


def _only_in_development(snapshot: Snapshot, path: str, package: str) -> bool:
    """Tell whether every mention stands close behind a question whether this is development."""
    text = snapshot.text(path)
    if re.search(rf"(from|import|require\()\s*[\"']{re.escape(package)}[\"']", text):
        return False
    places = [match.start() for match in re.finditer(re.escape(package), text)]
    return all(_PRODUCTION_ONLY.search(text[max(0, at - 200) : at]) for at in places)


def _edit(task: Task, wanted: Mapping[str, str]) -> RecipeChange | str:
    edits: dict[str, str | None] = {}
    for path in (_MANIFEST, _LOCK):
        text = task.snapshot.get(path)
        if text is None:
            continue
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        after: str | None = text.removeprefix(mark)
        for package, section in wanted.items():
            if after is not None:
                after = moved(after, package, section) if section else removed(after, package)
        if after is None:
            return f"{path} is not laid out as npm writes it"
        edits[path] = mark + after
    names, section = ", ".join(wanted), next(iter(wanted.values()))
    said = f"move {names} to {section}" if section else f"remove the package {names}"
    return RecipeChange(
        summary=f"Move {names} to {section}" if section else f"Remove the unused {names}",
        edits=edits,
        risk="An image built with --omit=dev no longer holds it."
        if section
        else "A tool that finds it by name at run time would miss it.",
        contracts=tuple(
            Contract(
                _operation(path, section),
                path,
                said,
                removes=() if section else tuple(f'"{package}"' for package in wanted),
            )
            for path in edits
        ),
    )


def _operation(path: str, section: str) -> Operation:
    if not section:
        return Operation.REMOVE
    return Operation.MOVE if path == _MANIFEST else Operation.SET


_PACKAGE = """\
{
  "name": "a",
  "scripts": { "start": "node ." },
  "dependencies": {
    "fastify": "^5.0.0",
    "left-pad": "^1.0.0",
    "pino-pretty": "^13.0.0"
  },
  "devDependencies": {
    "typescript": "^5.0.0"
  }
}
"""
_LOCKED = """\
{
  "name": "a",
  "lockfileVersion": 3,
  "packages": {
    "": {
      "name": "a",
      "dependencies": {
        "fastify": "^5.0.0",
        "left-pad": "^1.0.0",
        "pino-pretty": "^13.0.0"
      },
      "devDependencies": {
        "typescript": "^5.0.0"
      }
    },
    "node_modules/colorette": {
      "version": "2.0.0",
      "license": "MIT"
    },
    "node_modules/fastify": {
      "version": "5.0.0",
      "license": "MIT"
    },
    "node_modules/left-pad": {
      "version": "1.0.0",
      "dependencies": {
        "colorette": "^2.0.0"
      }
    },
    "node_modules/pino-pretty": {
      "version": "13.0.0",
      "license": "MIT"
    },
    "node_modules/typescript": {
      "version": "5.0.0",
      "dev": true
    }
  }
}
"""
_USE = {"src/a.ts": 'import fastify from "fastify";\n'}

RECIPE = Recipe(
    name="dependency",
    message="Every dependency is code that must be trusted, updated and shipped.",
    words=r"dependenc|package|depcheck|unused.{0,20}module",
    remedy=r"remov|move|uninstall|drop|delet|depend|prune",
    rewrite=_rewrite,
    examples=(
        Example(
            "an unused package goes, in the lock file with what only it needed",
            asking("Unused dependency left-pad", "Remove left-pad", "package.json"),
            {"package.json": _PACKAGE, "package-lock.json": _LOCKED, **_USE},
            {
                "package.json": _PACKAGE.replace('    "left-pad": "^1.0.0",\n', ""),
                "package-lock.json": _LOCKED.replace('        "left-pad": "^1.0.0",\n', "")
                .replace(
                    '    "node_modules/left-pad": {\n      "version": "1.0.0",\n'
                    '      "dependencies": {\n        "colorette": "^2.0.0"\n      }\n    },\n',
                    "",
                )
                .replace(
                    '    "node_modules/colorette": {\n      "version": "2.0.0",\n'
                    '      "license": "MIT"\n    },\n',
                    "",
                ),
            },
        ),
        Example(
            "two packages move together, behind a byte order mark",
            asking(
                "Test tools are shipped", "Move knex and jest to devDependencies", "package.json"
            ),
            {
                "package.json": '\ufeff{\n  "dependencies": {\n    "jest": "1.0.0",\n'
                '    "koa": "2.0.0",\n    "knex": "3.0.0"\n  },\n  "devDependencies": {\n'
                '    "eslint": "9.0.0"\n  }\n}\n'
            },
            {
                "package.json": '\ufeff{\n  "dependencies": {\n    "koa": "2.0.0"\n  },\n'
                '  "devDependencies": {\n    "eslint": "9.0.0",\n    "jest": "1.0.0",\n'
                '    "knex": "3.0.0"\n  }\n}\n'
            },
        ),
        Example(
            "a package for development moves there",
            asking("pino-pretty is a dev tool", "Move to devDependencies", "package.json"),
            {"package.json": _PACKAGE, "package-lock.json": _LOCKED, **_USE},
            {
                "package.json": _PACKAGE.replace(
                    '"^1.0.0",\n    "pino-pretty": "^13.0.0"\n', '"^1.0.0"\n'
                ).replace('    "typescript"', '    "pino-pretty": "^13.0.0",\n    "typescript"'),
                "package-lock.json": _LOCKED.replace(
                    '"^1.0.0",\n        "pino-pretty": "^13.0.0"\n', '"^1.0.0"\n'
                )
                .replace(
                    '        "typescript"',
                    '        "pino-pretty": "^13.0.0",\n        "typescript"',
                )
                .replace(
                    '      "version": "13.0.0",\n',
                    '      "version": "13.0.0",\n      "dev": true,\n',
                ),
            },
        ),
        Example(
            "a kept report of unused packages is no use of one",
            asking("Unused dependency left-pad", "Remove left-pad", "package.json"),
            {
                "package.json": _PACKAGE,
                "unused.json": '{\n  "dependencies": ["left-pad"],\n  "invalidFiles": {}\n}\n',
                **_USE,
            },
            {"package.json": _PACKAGE.replace('    "left-pad": "^1.0.0",\n', "")},
        ),
        Example(
            "a tool's own settings use what they name",
            asking("Unused dependency left-pad", "Remove left-pad", "package.json"),
            {"package.json": _PACKAGE, "reports/audit.config.json": '{"plugins": ["left-pad"]}\n'},
            refuses="left-pad is used by reports/audit.config.json",
        ),
        Example(
            "a package that is imported stays",
            asking("Unused dependency fastify", "Remove fastify", "package.json"),
            {"package.json": _PACKAGE, **_USE},
            refuses="fastify is used by src/a.ts",
        ),
    ),
)
