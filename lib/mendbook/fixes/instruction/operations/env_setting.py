"""A setting of the environment: a new one, or another default, in the schema and the example."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.operations.data_files import env_edit
from mendbook.fixes.instruction.operations.env_key import schema_of
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.orders.defaults import defaults_in
from mendbook.fixes.instruction.sentences.settings_told import Setting, setting_told
from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds, value_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item, replaced
from mendbook.model import Operation

_ROOT = re.compile(r"z(?:\.coerce)?\.number\(\)")
_EXAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist")
_PLACED = re.compile(r"\b(?:schema|settings?|config(?:uration)?|env(?:ironment)?)\b", re.IGNORECASE)


def env_setting(work: Work) -> StepEdits | None:
    """Add the setting that the text describes, or change its default; None for another text.

    Raises ``Abstain`` where the file shows no way to write it, or it is so already.
    """
    scene, text = work.scene, work.task.finding.fix
    told = setting_told(text)
    if told is None or not scene.language.script:
        return None
    pairs = [one for one in of_kinds(scene.root, scene.language.pairs) if name_of(one) == told.key]
    if pairs:
        return _changed(work, told) if told.in_example or not told.bounded else None
    if not told.bounded or not _PLACED.search(text):
        return None
    holder = schema_of(scene)
    written = _written(scene, holder, told)
    edits: list[tuple[str, Edit]] = [
        (scene.path, add_item(scene, holder, f"{told.key}: {written}"))
    ]
    if told.in_example:
        value = told.default.strip("'\"")
        edits.append(env_edit(work.task, _example(work), told.key, value))
    said = f"add {told.key} with default {told.default}"
    return StepEdits(Operation.ADD, said, tuple(edits), adds=(told.key,))


def _written(scene: Scene, holder: SgNode, told: Setting) -> str:
    """Return the schema of a number as the file writes its numbers, with what the text says."""
    if not re.fullmatch(r"-?[\d_.]+", told.default):
        raise Abstain(f"how a setting with the default {told.default} is written is not said")
    siblings = {
        name_of(one): value.text()
        for one in holder.named_children()
        if one.kind() in scene.language.pairs and (value := value_of(one)) is not None
    }
    if told.like and told.like not in siblings:
        raise Abstain(f"{told.like} is no setting of {scene.path}")
    roots = [
        match[0]
        for name, text in siblings.items()
        if (match := _ROOT.match(text)) is not None and told.like in {"", name}
    ]
    if not roots:
        raise Abstain("no setting of the same kind shows how it is written")
    whole = told.whole or (told.like and ".int()" in siblings[told.like])
    parts = [
        roots[-1],
        ".int()" if whole else "",
        ".positive()" if told.positive else "",
        f".min({told.least})" if told.least else "",
        f".max({told.most})" if told.most else "",
        f".default({told.default})",
    ]
    return "".join(parts)


def _changed(work: Work, told: Setting) -> StepEdits | None:
    """Give a setting that is there another default, in the schema and in the example if told."""
    scene = work.scene
    values = list(defaults_in(scene.root, told.key))
    if len(values) != 1:
        return None
    if told.old and _plain(values[0].text()) != _plain(told.old):
        raise Abstain(f"the default of {told.key} is {values[0].text()}, and not {told.old}")
    if _plain(values[0].text()) == _plain(told.default):
        raise Abstain(f"{told.key} is {told.default} by default already")
    edits: list[tuple[str, Edit]] = [(scene.path, replaced(values[0], told.default))]
    if told.in_example:
        path = _example(work)
        refuse_path(work.task, path)
        line = re.compile(rf"(?m)^[#\s]*{re.escape(told.key)}=(?P<value>[^\s#]*)")
        lines = list(line.finditer(work.task.snapshot.text(path)))
        if len(lines) != 1:
            raise Abstain(f"{path} does not set {told.key} in one line")
        value = told.default.strip("'\"")
        edits.append((path, Edit(lines[0].start("value"), lines[0].end("value"), value)))
    said = f"let {told.key} be {told.default} by default"
    return StepEdits(Operation.SET, said, tuple(edits), adds=(told.default,))


def _plain(value: str) -> str:
    return value.replace("_", "").strip("'\"")


def _example(work: Work) -> str:
    """Return the one example file of the environment that the tree has, or that the text names."""
    named = [one for one in _EXAMPLES if one in work.task.finding.fix]
    paths = [
        path for path in work.task.snapshot.files if path.rpartition("/")[2] in (named or _EXAMPLES)
    ]
    home = [one for one in paths if work.scene.path.startswith(one.rpartition("/")[0])]
    deepest = max((one.count("/") for one in home), default=0)
    nearest = [one for one in home if one.count("/") == deepest]
    if len(nearest) != 1:
        raise Abstain(f"{len(nearest)} example files of the environment stand there")
    return nearest[0]
