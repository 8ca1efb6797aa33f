"""Read one Python file: scopes, definitions, imports, uses and routes."""

from __future__ import annotations

import ast

from mendbook.code.python_grammar import python_tree
from mendbook.code.references.python.expressions import (
    NAMED,
    Function,
    assigned_names,
    bound_names,
    dotted_name,
    is_word,
    stores_name,
    type_name,
    with_defaults,
)
from mendbook.code.references.python.records import (
    UNKNOWN,
    Defined,
    Holds,
    PythonFile,
    Receiver,
    Taken,
    Used,
)
from mendbook.code.references.python.routes import routes_of
from mendbook.code.trees import MODULE
from mendbook.model import ReferenceKind

_ITERATED = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def read_python(text: str) -> PythonFile:
    """Return what ``text`` declares, imports and uses; a file that does not parse says so."""
    file = PythonFile()
    try:
        tree = python_tree(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError) as error:
        file.problem = f"it does not parse ({error.__class__.__name__})"
        return file
    try:
        _Reader(file).read(tree)
    except RecursionError:
        file.problem = "it is nested too deep"
    file.routes.extend(routes_of(tree))
    return file


class _Scope:
    """One function, or the module: what its names hold as far as that is written."""

    def __init__(self, names: set[str], owner: str = "", receiver: str = "") -> None:
        self.names = names
        self.owner = owner
        self.receiver = receiver
        self.holds: dict[str, Receiver] = {}


class _Reader:
    def __init__(self, file: PythonFile) -> None:
        self.file = file
        self._scopes: list[_Scope] = []
        self._titles: list[tuple[str, int]] = []
        self._classes: list[str] = []

    def read(self, tree: ast.Module) -> None:
        """Read every statement of the module, what it declares first."""
        for statement in tree.body:
            self._top(statement)
            self._visit(statement, ReferenceKind.READ)

    def _top(self, statement: ast.stmt) -> None:
        for name in assigned_names(statement):
            if not any(one.name == name.id and not one.owner for one in self.file.defined):
                self._define(name.id, "variable", name, statement)
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign):
            self._read_all(statement)
        if isinstance(statement, ast.If | ast.Try | ast.With):
            for inner in ast.iter_child_nodes(statement):
                for one in [inner] if isinstance(inner, ast.stmt) else ast.iter_child_nodes(inner):
                    if isinstance(one, ast.stmt) and not isinstance(one, NAMED):
                        self._top(one)

    def _read_all(self, statement: ast.Assign | ast.AugAssign | ast.AnnAssign) -> None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if any(isinstance(one, ast.Name) and one.id == "__all__" for one in targets):
            for text in ast.walk(statement):
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    self.file.listed[text.value] = (text.lineno, text.col_offset + 1)

    def _define(self, name: str, kind: str, at: ast.expr | ast.stmt, whole: ast.stmt) -> None:
        decorators = getattr(whole, "decorator_list", [])
        first = min([whole.lineno, *(one.lineno for one in decorators)])
        returns = type_name(getattr(whole, "returns", None))
        local = bool(self._scopes)
        owner = self._classes[-1] if self._classes and not local else ""
        self.file.defined.append(
            Defined(
                name=name,
                kind=kind,
                line=at.lineno,
                column=at.col_offset + 1,
                first_line=first,
                end_line=whole.end_lineno or whole.lineno,
                owner=owner,
                local=local,
                returns=returns,
            )
        )

    def _visit(self, node: ast.AST, kind: ReferenceKind) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self._function(node)
        elif isinstance(node, ast.Lambda):
            self._inside(node, node.args, [node.body])
        elif isinstance(node, ast.ClassDef):
            self._class(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node)
        elif isinstance(node, _ITERATED):
            names = {
                one.id for one in ast.walk(node) if isinstance(one, ast.Name) and stores_name(one)
            }
            self._scopes.append(_Scope(names))
            self._children(node)
            self._scopes.pop()
        elif isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, ast.Name):
            self._name(node, kind)
        elif isinstance(node, ast.Attribute):
            self._attribute(node, kind)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            self._assign(node)
        else:
            self._children(node)

    def _children(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self._visit(child, ReferenceKind.READ)

    def _call(self, node: ast.Call) -> None:
        self._visit(node.func, ReferenceKind.CALL)
        for value in [*node.args, *(word.value for word in node.keywords)]:
            self._visit(value, ReferenceKind.PASSED)

    def _assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        value, annotation = node.value, getattr(node, "annotation", None)
        holds = Receiver(Holds.INSTANCE, name) if (name := type_name(annotation)) else UNKNOWN
        holds = holds if holds is not UNKNOWN else self._held(value)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                self._keep(target.id, holds)
                self._alias(target.id, value)
            elif isinstance(target, ast.Attribute):
                owner = self._receiver(target.value)
                if owner.holds is Holds.OWN and holds is not UNKNOWN:
                    self.file.attributes.setdefault((owner.name, target.attr), holds)
                if owner.holds is Holds.OWN and self._scopes:
                    self._attribute_defined(owner.name, target)
        if annotation is not None:
            self._annotation(annotation)
        if value is not None:
            self._visit(value, ReferenceKind.READ)
        for target in targets:
            self._visit(target, ReferenceKind.WRITE)

    def _alias(self, name: str, value: ast.expr | None) -> None:
        """Keep which class a name of the module's scope stands for in annotations."""
        outside = not self._scopes and not self._classes
        if outside and isinstance(value, ast.Subscript) and (meant := type_name(value)):
            self.file.aliases[name] = meant

    def _keep(self, name: str, holds: Receiver) -> None:
        if self._scopes:
            self._scopes[-1].holds[name] = holds
        elif self._classes:
            self.file.attributes.setdefault((self._classes[-1], name), holds)
        else:
            self.file.values[name] = holds

    def _attribute_defined(self, owner: str, target: ast.Attribute) -> None:
        known = any(one.owner == owner and one.name == target.attr for one in self.file.defined)
        if not known:
            end = target.end_lineno or target.lineno
            column = (target.end_col_offset or 0) - len(target.attr) + 1
            self.file.defined.append(
                Defined(target.attr, "attribute", end, column, target.lineno, end, owner)
            )

    def _annotation(self, node: ast.AST | None) -> None:
        if isinstance(node, ast.Name):
            self._name(node, ReferenceKind.TYPE)
        elif isinstance(node, ast.Attribute):
            self._use(node.attr, node, ReferenceKind.TYPE, self._receiver(node.value))
            self._visit(node.value, ReferenceKind.READ)
        elif isinstance(node, ast.Call):
            self._call(node)
        elif node is not None and is_word(node):
            self._use(str(node.value), node, ReferenceKind.TYPE, None)
        elif node is not None:
            for child in ast.iter_child_nodes(node):
                self._annotation(child)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._define(node.name, self._function_kind(), node, node)
        for decorator in node.decorator_list:
            bare = not isinstance(decorator, ast.Call)
            self._visit(decorator, ReferenceKind.CALL if bare else ReferenceKind.READ)
        self._titles.append((self._title(node.name), node.lineno))
        self._annotation(node.returns)
        self._inside(node, node.args, node.body)
        self._titles.pop()

    def _function_kind(self) -> str:
        return "method" if self._classes and not self._scopes else "function"

    def _inside(
        self,
        node: Function,
        given: ast.arguments,
        body: list[ast.AST] | list[ast.stmt] | list[ast.expr],
    ) -> None:
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        for value in [*given.defaults, *(one for one in given.kw_defaults if one is not None)]:
            self._visit(value, ReferenceKind.READ)
        method = bool(self._classes) and not self._scopes and not isinstance(node, ast.Lambda)
        scope = _Scope(bound_names(node))
        if method and every:
            scope.owner, scope.receiver = self._classes[-1], every[0].arg
        elif self._scopes:
            scope.owner, scope.receiver = self._scopes[-1].owner, self._scopes[-1].receiver
        for one, default in with_defaults(given):
            self._annotation(one.annotation)
            name = type_name(one.annotation)
            scope.holds[one.arg] = Receiver(Holds.INSTANCE, name) if name else self._given(default)
        self._scopes.append(scope)
        for statement in body:
            self._visit(statement, ReferenceKind.READ)
        self._scopes.pop()

    def _given(self, default: ast.expr | None) -> Receiver:
        """Return what a parameter with the default ``Depends(f)`` holds: what ``f`` gives."""
        if isinstance(default, ast.Call) and dotted_name(default.func).endswith("Depends"):
            factory = dotted_name(default.args[0]) if default.args else ""
            return Receiver(Holds.RESULT, factory) if factory else UNKNOWN
        return UNKNOWN

    def _title(self, name: str) -> str:
        return f"{self._classes[-1]}.{name}" if self._classes and not self._scopes else name

    def _class(self, node: ast.ClassDef) -> None:
        self._define(node.name, "class", node, node)
        for decorator in node.decorator_list:
            bare = not isinstance(decorator, ast.Call)
            self._visit(decorator, ReferenceKind.CALL if bare else ReferenceKind.READ)
        self.file.bases[node.name] = [dotted_name(base) for base in node.bases]
        for base in node.bases:
            self._annotation(base)
        for word in node.keywords:
            self._visit(word.value, ReferenceKind.READ)
        scopes, self._scopes = self._scopes, []
        self._classes.append(node.name)
        self._titles.append((node.name, node.lineno))
        for statement in node.body:
            for name in assigned_names(statement):
                self._define(name.id, "attribute", name, statement)
            self._visit(statement, ReferenceKind.READ)
        self._titles.pop()
        self._classes.pop()
        self._scopes = scopes

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        level = getattr(node, "level", 0) or 0
        for alias in node.names:
            if isinstance(node, ast.Import):
                local = alias.asname or alias.name.partition(".")[0]
                module = alias.name if alias.asname else local
                self.file.imports[local] = Taken(module)
                if not alias.asname and "." in alias.name:
                    self.file.imports.setdefault(alias.name, Taken(alias.name))
            elif alias.name == "*":
                self.file.stars.append(Taken(node.module or "", level))
            else:
                local = alias.asname or alias.name
                self.file.imports[local] = Taken(node.module or "", level, alias.name)
                enclosing, start = self._titles[-1] if self._titles else (MODULE, 0)
                self.file.used.append(
                    Used(
                        local,
                        alias.lineno,
                        alias.col_offset + 1,
                        ReferenceKind.IMPORT,
                        enclosing,
                        None,
                        start,
                    )
                )

    def _name(self, node: ast.Name, kind: ReferenceKind) -> None:
        if isinstance(node.ctx, ast.Store | ast.Del):
            if not self._scopes and not self._classes:
                return
            kind = ReferenceKind.WRITE
        if any(node.id in scope.names for scope in self._scopes):
            return
        self._use(node.id, node, kind, None)

    def _attribute(self, node: ast.Attribute, kind: ReferenceKind) -> None:
        if isinstance(node.ctx, ast.Store | ast.Del):
            kind = ReferenceKind.WRITE
        self._use(node.attr, node, kind, self._receiver(node.value))
        self._visit(node.value, ReferenceKind.READ)

    def _use(self, name: str, node: ast.expr, kind: ReferenceKind, of: Receiver | None) -> None:
        enclosing, start = self._titles[-1] if self._titles else (MODULE, 0)
        line = (node.end_lineno or node.lineno) if of is not None else node.lineno
        column = node.col_offset + 1
        if of is not None and isinstance(node, ast.Attribute):
            column = (node.end_col_offset or 0) - len(name) + 1
        self.file.used.append(Used(name, line, column, kind, enclosing, of, start))

    def _receiver(self, node: ast.expr) -> Receiver:
        if isinstance(node, ast.Name):
            return self._named(node.id)
        if isinstance(node, ast.Await):
            return self._receiver(node.value)
        if isinstance(node, ast.Call):
            return self._held(node)
        if isinstance(node, ast.Attribute):
            whole = self._receiver(node.value)
            if whole.holds is Holds.OWN:
                return Receiver(Holds.ATTRIBUTE, whole.name, node.attr)
            if whole.holds is Holds.PATH:
                return Receiver(Holds.PATH, f"{whole.name}.{node.attr}")
            if whole.holds is Holds.INSTANCE:
                return Receiver(Holds.ATTRIBUTE, whole.name, node.attr)
        return UNKNOWN

    def _named(self, name: str) -> Receiver:
        for scope in reversed(self._scopes):
            if name == scope.receiver:
                return Receiver(Holds.OWN, scope.owner)
            if name in scope.names:
                return scope.holds.get(name, UNKNOWN)
        return Receiver(Holds.PATH, name)

    def _held(self, value: ast.expr | None) -> Receiver:
        """Return what the expression ``value`` gives, as far as it is written."""
        if isinstance(value, ast.Await):
            return self._held(value.value)
        if isinstance(value, ast.Call):
            factory = dotted_name(value.func)
            if factory == "super":
                owner = self._scopes[-1].owner if self._scopes else ""
                return Receiver(Holds.SUPER, owner)
            head = factory.partition(".")[0]
            local = any(head in scope.names for scope in self._scopes)
            return Receiver(Holds.RESULT, factory) if factory and not local else UNKNOWN
        if isinstance(value, ast.Name | ast.Attribute):
            return self._receiver(value)
        if isinstance(value, ast.BoolOp):
            return next(
                (one for each in value.values if (one := self._held(each)) is not UNKNOWN), UNKNOWN
            )
        return UNKNOWN
