"""Judge shapes across files: which type a value has, and which declaration a member means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mendbook.code.references import builtin
from mendbook.code.references.index import Index
from mendbook.code.references.names import Names, Target
from mendbook.code.references.outline import DEFAULT, WHOLE, Type
from mendbook.code.references.type_shape import UNKNOWN, Op, Shape


class As(StrEnum):
    """What a value is known to be."""

    INSTANCE = "instance"
    """Of the type ``key`` of ``file``; a class, an interface, an object."""
    CLASS = "class"
    """The class or enum itself."""
    MODULE = "module"
    FUNCTION = "function"
    GENERIC = "generic"
    """Of the language's own type ``key``: ``Map``, ``Promise``, ``Array``."""
    METHOD = "method"
    """Method ``key`` of the language's own type in ``shape``."""
    TUPLE = "tuple"
    FOREIGN = "foreign"
    """Known, and not of this repository."""


@dataclass(frozen=True, slots=True)
class Known:
    """One thing a value can be; ``shape`` holds arguments, or a function's own shape."""

    what: As
    file: str = ""
    key: str = ""
    shape: Shape = UNKNOWN


_FOREIGN = (Known(As.FOREIGN),)


class Linker:
    """Answer questions about shapes; every answer is kept, circles answer nothing."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.names = Names(index)
        self._values: dict[tuple[str, Shape], tuple[Known, ...]] = {}
        self._roots: dict[Target, frozenset[Target]] = {}

    def values(self, file: str, shape: Shape) -> tuple[Known, ...]:
        """Return everything that ``shape``, as written in ``file``, can be; empty when unknown."""
        key = (file, shape)
        if key not in self._values:
            self._values[key] = ()
            values = _JUDGES[shape.op](self, file, shape)
            self._values[key] = tuple(dict.fromkeys(values))
        return self._values[key]

    def targets(self, file: str, receiver: Shape, name: str) -> frozenset[Target] | None:
        """Return what member ``name`` of ``receiver`` can be declared as, None when unknown."""
        values = self.values(file, receiver)
        if not values:
            return None
        targets: set[Target] = set()
        for value in values:
            if value.what is As.MODULE:
                target = self.names.exported(value.file, name)
                targets.update([target] if target else ())
            elif value.what in {As.INSTANCE, As.CLASS}:
                targets.update(self._holders(value.file, value.key, name))
        return frozenset(targets)

    def roots(self, target: Target) -> frozenset[Target]:
        """Return ``target`` and every declaration that it overrides or implements."""
        if target not in self._roots:
            self._roots[target] = frozenset({target})
            roots = {target}
            for base in self._bases(target.file, target.owner):
                for held in self._holders(base.file, base.key, target.name):
                    roots |= self.roots(held)
            self._roots[target] = frozenset(roots)
        return self._roots[target]

    # What follows judges one operation each; ``_JUDGES`` is the table of them.

    def _name(self, file: str, shape: Shape) -> tuple[Known, ...]:
        here = shape.name in self._index.outline(file).declared
        taken = None if here else self._index.links(file).imports.get(shape.name)
        if taken is None and not here:
            return () if shape.name in builtin.NAMESPACES else _FOREIGN
        inner = self._index.modules.resolve(file, taken.source) if taken is not None else file
        if inner is None:
            return _FOREIGN
        if taken is not None and taken.name == WHOLE:
            return self._whole(inner)
        target = self.names.named(file, shape.name)
        if target is None and taken is not None:
            return self._namespace(inner, taken.name)
        return self._declared_value(target) if target is not None else ()

    def _declared_value(self, target: Target) -> tuple[Known, ...]:
        several = self._index.outline(target.file).declared.get(target.name, ())
        valued = [one for one in several if one.kind not in {"interface", "type"}]
        return tuple(known for one in valued for known in self.values(target.file, one.shape))

    def _namespace(self, file: str, name: str) -> tuple[Known, ...]:
        """Return the module that ``file`` exports whole as ``name``."""
        source = self.names.whole(file, name)
        return self._module(file, Shape(Op.MODULE, source)) if source else ()

    def _type(self, file: str, shape: Shape) -> tuple[Known, ...]:
        if not file:
            return self._builtin_type(file, shape)
        head = shape.name
        if "." in head:
            return self._dotted(file, shape)
        outline = self._index.outline(file)
        taken = self._index.links(file).imports.get(head)
        if head not in outline.declared and taken is not None:
            inner = self._index.modules.resolve(file, taken.source)
            if inner is None:
                return _FOREIGN
        target = self.names.named(file, head)
        if target is None:
            if head in outline.types:
                return (Known(As.INSTANCE, file, head, shape),)
            return self._builtin_type(file, shape)
        return self._declared_type(target, _closed(file, shape))

    def _dotted(self, file: str, shape: Shape) -> tuple[Known, ...]:
        head, *middle, last = shape.name.split(".")
        whole = Shape(Op.NAME, head)
        for name in middle:
            whole = Shape(Op.MEMBER, name, (whole,))
        values: list[Known] = []
        for value in self.values(file, whole):
            target = self.names.exported(value.file, last) if value.what is As.MODULE else None
            if target is not None:
                values.extend(self._declared_type(target, _closed(file, shape)))
        return tuple(values) or _FOREIGN

    def _declared_type(self, target: Target, given: Shape) -> tuple[Known, ...]:
        outline = self._index.outline(target.file)
        values: list[Known] = []
        for one in outline.declared.get(target.name, ()):
            if one.kind in {"class", "interface", "enum"}:
                values.append(Known(As.INSTANCE, target.file, target.name, given))
            elif one.kind == "type":
                parameters = outline.types.get(target.name, Type()).parameters
                values.extend(self.values(target.file, _filled(one.shape, parameters, given)))
        return tuple(values)

    def _builtin_type(self, file: str, shape: Shape) -> tuple[Known, ...]:
        name, parts = shape.name, _closed(file, shape).parts
        if name in builtin.TRANSPARENT and parts:
            return self.values(file, parts[0])
        if name in builtin.GENERIC:
            return (Known(As.GENERIC, "", builtin.GENERIC[name], Shape(Op.TYPE, name, parts)),)
        if name == "ReturnType" and parts:
            return self.values(file, Shape(Op.CALL, "", parts))
        if name == "InstanceType" and parts:
            return self.values(file, Shape(Op.NEW, "", parts))
        return () if builtin.looks_like_parameter(name) else _FOREIGN

    def _member(self, file: str, shape: Shape) -> tuple[Known, ...]:
        values: list[Known] = []
        for value in self.values(file, shape.parts[0]):
            values.extend(self._member_of(value, shape.name))
        return tuple(values)

    def _member_of(self, value: Known, name: str) -> tuple[Known, ...]:
        if value.what is As.MODULE:
            target = self.names.exported(value.file, name)
            if target is None:
                return self._namespace(value.file, name)
            return self._declared_value(target)
        if value.what in {As.INSTANCE, As.CLASS}:
            values: list[Known] = []
            for held in self._holders(value.file, value.key, name):
                declared = self._index.outline(held.file).types[held.owner]
                own = held.file == value.file and held.owner == value.key
                given = value.shape if own else UNKNOWN
                filled = _filled(declared.members[name].shape, declared.parameters, given)
                values.extend(self.values(held.file, filled))
            return tuple(values)
        if value.what is As.GENERIC:
            return (Known(As.METHOD, "", name, value.shape),)
        return _FOREIGN if value.what is As.FOREIGN else ()

    def _call(self, file: str, shape: Shape) -> tuple[Known, ...]:
        values: list[Known] = []
        for value in self.values(file, shape.parts[0]):
            if value.what is As.FUNCTION:
                values.extend(self.values(value.file, value.shape.parts[0]))
            elif value.what is As.METHOD:
                result = builtin.result(value.shape, value.key)
                values.extend(self.values("", result) if result is not UNKNOWN else ())
            elif value.what is As.FOREIGN:
                values.extend(_FOREIGN)
        return tuple(values)

    def _new(self, file: str, shape: Shape) -> tuple[Known, ...]:
        values: list[Known] = []
        for value in self.values(file, shape.parts[0]):
            if value.what is As.CLASS:
                values.append(Known(As.INSTANCE, value.file, value.key))
            elif value.what is As.FOREIGN:
                values.append(value)
        return tuple(values)

    def _await(self, file: str, shape: Shape) -> tuple[Known, ...]:
        values: list[Known] = []
        for value in self.values(file, shape.parts[0]):
            if value.what is As.GENERIC and value.key == "Promise":
                values.extend(self.values(file, value.shape.parts[0]) if value.shape.parts else ())
            else:
                values.append(value)
        return tuple(values)

    def _element(self, file: str, shape: Shape) -> tuple[Known, ...]:
        values: list[Known] = []
        for value in self.values(file, shape.parts[0]):
            if value.what is As.GENERIC:
                values.extend(self.values("", builtin.element(value.key, value.shape)))
            elif value.what is As.TUPLE:
                for part in value.shape.parts:
                    values.extend(self.values(value.file, part))
            elif value.what is As.FOREIGN:
                values.append(value)
        return tuple(values)

    def _nth(self, file: str, shape: Shape) -> tuple[Known, ...]:
        values: list[Known] = []
        index = int(shape.name)
        for value in self.values(file, shape.parts[0]):
            if value.what is As.TUPLE and index < len(value.shape.parts):
                values.extend(self.values(value.file, value.shape.parts[index]))
            elif value.what is As.GENERIC:
                values.extend(self.values("", builtin.element(value.key, value.shape)))
            elif value.what is As.FOREIGN:
                values.append(value)
        return tuple(values)

    def _parameter(self, file: str, shape: Shape) -> tuple[Known, ...]:
        values: list[Known] = []
        index = int(shape.name) + 1
        for value in self.values(file, shape.parts[0]):
            if value.what is As.FUNCTION and index < len(value.shape.parts):
                values.extend(self.values(value.file, value.shape.parts[index]))
            elif value.what is As.METHOD:
                taken = builtin.parameter(value.shape, value.key, index - 1)
                values.extend(self.values("", taken))
            elif value.what is As.FOREIGN:
                values.append(value)
        return tuple(values)

    def _union(self, file: str, shape: Shape) -> tuple[Known, ...]:
        return tuple(known for part in shape.parts for known in self.values(file, part))

    def _base(self, file: str, shape: Shape) -> tuple[Known, ...]:
        bases: list[Known] = []
        for value in self.values(file, shape.parts[0]):
            for base in self._index.outline(value.file).types.get(value.key, Type()).bases:
                bases.extend(self.values(value.file, base))
        return tuple(bases)

    def _module(self, file: str, shape: Shape) -> tuple[Known, ...]:
        inner = self._index.modules.resolve(file, shape.name)
        return self._whole(inner) if inner is not None else _FOREIGN

    def _whole(self, file: str) -> tuple[Known, ...]:
        """Return what loading all of ``file`` gives: its names, and what it assigns as a whole."""
        module = (Known(As.MODULE, file),)
        if not self._index.links(file).assigned:
            return module
        target = self.names.exported(file, DEFAULT)
        return (*module, *(self._declared_value(target) if target is not None else ()))

    def _in(self, _file: str, shape: Shape) -> tuple[Known, ...]:
        return self.values(shape.name, shape.parts[0])

    def _own(self, file: str, shape: Shape) -> tuple[Known, ...]:
        """Return a value that is already what it is."""
        return (Known(_AS[shape.op], file, shape.name, shape),)

    def _holders(self, file: str, key: str, name: str) -> tuple[Target, ...]:
        """Return where type ``key`` of ``file`` has member ``name``: itself, else its bases."""
        outline = self._index.outline(file)
        if name in outline.types.get(key, Type()).members:
            return (Target(file, key, name),)
        holders: list[Target] = []
        for base in self._bases(file, key):
            holders.extend(self._holders(base.file, base.key, name))
        return tuple(dict.fromkeys(holders))

    def _bases(self, file: str, key: str) -> tuple[Known, ...]:
        if not file:
            return ()
        bases: list[Known] = []
        declared = self._index.outline(file).types.get(key, Type())
        for base in (*declared.bases, *declared.promises):
            known = self.values(file, base)
            same = {(file, key)}
            bases.extend(
                one for one in known if one.what is As.INSTANCE and (one.file, one.key) not in same
            )
        return tuple(bases)


def _closed(file: str, shape: Shape) -> Shape:
    """Return ``shape`` with arguments that mean the same in every file."""
    parts = tuple(part if part.op is Op.IN else Shape(Op.IN, file, (part,)) for part in shape.parts)
    return Shape(shape.op, shape.name, parts)


def _filled(shape: Shape, parameters: tuple[str, ...], given: Shape) -> Shape:
    """Return ``shape`` with type parameters replaced by the arguments ``given``."""
    if not parameters or shape.op is Op.IN:
        return shape
    if shape.op is Op.TYPE and shape.name in parameters:
        place = parameters.index(shape.name)
        return given.parts[place] if place < len(given.parts) else UNKNOWN
    parts = tuple(_filled(part, parameters, given) for part in shape.parts)
    return Shape(shape.op, shape.name, parts)


_AS = {
    Op.OBJECT: As.INSTANCE,
    Op.CLASS: As.CLASS,
    Op.FUNCTION: As.FUNCTION,
    Op.TUPLE: As.TUPLE,
}
_JUDGES = {
    Op.NAME: Linker._name,
    Op.TYPE: Linker._type,
    Op.MEMBER: Linker._member,
    Op.CALL: Linker._call,
    Op.NEW: Linker._new,
    Op.AWAIT: Linker._await,
    Op.ELEMENT: Linker._element,
    Op.INDEX: Linker._nth,
    Op.UNION: Linker._union,
    Op.OBJECT: Linker._own,
    Op.FUNCTION: Linker._own,
    Op.TUPLE: Linker._own,
    Op.CLASS: Linker._own,
    Op.PARAMETER: Linker._parameter,
    Op.MODULE: Linker._module,
    Op.BASE: Linker._base,
    Op.IN: Linker._in,
    Op.FOREIGN: lambda *_: _FOREIGN,
    Op.UNKNOWN: lambda *_: (),
}
