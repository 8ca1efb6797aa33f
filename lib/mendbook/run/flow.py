"""Make the stages that are asked for, each once, and read back what was made of the same.

A stage's key is a hash over Mendbook's code, the versions of the tools that the stage names, and
the fingerprint of each thing that it reads. The fingerprint of a record is the hash of the record
itself: a stage upstream that comes to the same result again causes nothing to be made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from mendbook.errors import InputError
from mendbook.memory import collecting_seldom
from mendbook.run.given import Given
from mendbook.run.stage import Source, Stage
from mendbook.run.stage_cache import Saved, StageCache
from mendbook.run.versions import version_of

_CODEC = msgspec.json.Encoder(enc_hook=str)


class Flow:
    """The stages of one run: their values, made when first asked for."""

    def __init__(
        self,
        stages: Sequence[Stage],
        sources: Sequence[Source],
        given: Given,
        code: str,
        version: Callable[[str], str] = version_of,
    ) -> None:
        self._stages = {stage.name: stage for stage in stages}
        self._sources = {source.name: source for source in sources}
        self._given = given
        self._code = code
        self._version = version
        self._cache = StageCache(given.cache / "stages")
        self._values: dict[str, Any] = {}
        self._fingerprints: dict[str, str] = {}
        self._saved: dict[str, Saved] = {}
        self.computed: list[str] = []
        """Names of the stages that were made and not read back, in order."""

    def value(self, name: str) -> Any:  # noqa: ANN401 - whatever the stage makes
        """Return the value of a source, of a stage, or of one field of its record."""
        base, _, field = name.partition(".")
        if base not in self._values:
            self._values[base] = self._valued(base)
        return getattr(self._values[base], field) if field else self._values[base]

    def key(self, name: str) -> str:
        """Return the hash over all that the stage called ``name`` is made of."""
        stage = self._stages[name]
        digest = hashlib.sha256(f"{self._code}\0{name}".encode())
        for tool in stage.tools.split():
            digest.update(f"\0{tool} {self._version(tool)}".encode())
        for read in stage.depends_on:
            digest.update(f"\0{read} {self.fingerprint(read)}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]

    def fingerprint(self, name: str) -> str:
        """Return what tells the present value of ``name`` from any other it might have."""
        if name not in self._fingerprints:
            self._fingerprints[name] = self._fingerprinted(name)
        return self._fingerprints[name]

    def _fingerprinted(self, name: str) -> str:
        stage = self._stages.get(name)
        if stage is not None:
            if stage.fingerprint is not None:
                return stage.fingerprint(self.value(name))
            return self.key(name) if stage.record is None else self._ensured(stage).fingerprint
        source = self._sources.get(name)
        if source is not None and source.fingerprint is not None:
            return source.fingerprint(self._given)
        return Saved.of(_CODEC.encode(self.value(name))).fingerprint

    def _valued(self, name: str) -> Any:  # noqa: ANN401
        if name in self._sources:
            return self._sources[name].value(self._given)
        stage = self._stages[name]
        if stage.record is None:
            return self._computed(stage)
        saved = self._ensured(stage)
        if name in self._values:  # it was made just now
            return self._values[name]
        try:
            return msgspec.json.decode(saved.encoded, type=stage.record)
        except msgspec.MsgspecError:  # saved by a version that wrote it in another shape
            return self._remade(stage)

    def _ensured(self, stage: Stage) -> Saved:
        """Return the record as saved: read back, or made and saved now."""
        if stage.name not in self._saved:
            saved = self._cache.read(stage.name, self.key(stage.name))
            if saved is None:
                self._remade(stage)
            else:
                self._saved[stage.name] = saved
        return self._saved[stage.name]

    def _remade(self, stage: Stage) -> Any:  # noqa: ANN401
        self.computed.append(stage.name)
        value = self._values[stage.name] = self._computed(stage)
        saved = self._saved[stage.name] = Saved.of(_CODEC.encode(value))
        self._cache.write(stage.name, self.key(stage.name), saved)
        return value

    def _computed(self, stage: Stage) -> Any:  # noqa: ANN401
        before = {name: self.fingerprint(name) for name in stage.depends_on}
        given = [self.value(name) for name in stage.given]
        if stage.says:
            self._given.progress(stage.says)
        with collecting_seldom():
            value = stage.make(*given)
        for name in before:
            source = self._sources.get(name)
            if source and source.fingerprint and source.fingerprint(self._given) != before[name]:
                message = f"{name.replace('_', ' ')}: it changed while it was read; run again"
                raise InputError(message)
        return value
