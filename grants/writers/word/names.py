"""Does a template ask only for what exists? Its syntax tree is checked against the declared context.

Every fault is found at once, before anything is rendered; and what is not a name, a loop or a condition is refused,
so that a template from elsewhere has nothing to run.
"""

from __future__ import annotations

import difflib
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import nodes

from grants.errors import Finding
from grants.views.blocks import Block
from grants.writers.word.environment import FILTERS
from grants.writers.word.faults import make_finding
from grants.writers.word.places import Source

Scope = Mapping[str, Any]
"""Name -> its declared type; `object` where the type does not matter."""

LOOP = dict.fromkeys(("index", "index0", "first", "last", "length", "revindex", "revindex0"), object)
TESTS = (
    "defined",
    "undefined",
    "none",
    "odd",
    "even",
    "divisibleby",
    "equalto",
    "eq",
    "ne",
    "lt",
    "gt",
    "le",
    "ge",
    "in",
)
_PLAIN = (nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat, nodes.List, nodes.Tuple)


def find_faults(tree: nodes.Template, source: Source, context: type) -> list[Finding]:
    """Every name that does not exist and every construct that a template may not use."""
    checker = _Checker(source)
    checker.body(tree.body, typing.get_type_hints(context))
    return checker.findings


class _Checker:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def body(self, body: list[nodes.Node], scope: Scope) -> None:
        """Statements, one after the other; `set` adds a name for those that follow."""
        scope = dict(scope)
        for node in body:
            if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
                scope[node.target.name] = self.type_of(node.node, scope)
            else:
                self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                if not isinstance(child, nodes.TemplateData):
                    self._print(child, scope)
        elif isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            self._loop(node, scope)
        elif isinstance(node, nodes.If):
            self.type_of(node.test, scope)
            for part in (node.body, node.elif_, node.else_):
                self.body(list(part), scope)
        else:
            self._refuse(node)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        many = self.type_of(node.iter, scope)
        item = typing.get_args(many)[0] if typing.get_origin(many) is list else object
        if item is object and many is not object:
            self._report("TPL-014", node, _show(node.iter), kind="not a list", hint="Take it out of the loop.")
        inner = {**scope, getattr(node.target, "name", ""): item, "loop": LOOP}
        if node.test:
            self.type_of(node.test, inner)
        self.body(node.body, inner)
        self.body(node.else_, scope)

    def _print(self, node: nodes.Node, scope: Scope) -> None:
        kind = self.type_of(node, scope)
        name = _show(node)
        if kind is Block:
            if self.source.is_inside_text(node.lineno):
                self._report("TPL-013", node, name)
        elif typing.get_origin(kind) is list:
            hint = f"Loop over it: {{%p for x in {name} %}} ... {{%p endfor %}}."
            self._report("TPL-014", node, name, kind="a list", hint=hint)
        elif names := _fields(kind):
            self._report("TPL-014", node, name, kind="a group of names", hint=f"Name one of: {_some(names)}.")

    def type_of(self, node: nodes.Node, scope: Scope) -> Any:
        """The declared type of an expression; str where it is computed, `object` where a fault was found in it."""
        if isinstance(node, nodes.Name):
            return self._member(node, node.name, scope, "")
        if isinstance(node, (nodes.Getattr, nodes.Getitem)):
            return self._part(node, scope)
        if isinstance(node, nodes.CondExpr):
            self.type_of(node.test, scope)
            kinds = [self.type_of(part, scope) for part in (node.expr1, node.expr2) if part]
            return kinds[0]
        if isinstance(node, nodes.Const):
            return str
        if not self._is_allowed(node):
            self._refuse(node)
            return object
        for child in node.iter_child_nodes():
            self.type_of(child, scope)
        return str

    def _is_allowed(self, node: nodes.Node) -> bool:
        if isinstance(node, nodes.Filter):
            return node.name in FILTERS
        if isinstance(node, nodes.Test):
            return node.name in TESTS
        if isinstance(node, nodes.Mul):  # docxtpl's own {% hm %} multiplies by loop.length
            return _show(node.right) == "loop.length"
        return isinstance(node, _PLAIN)

    def _part(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> Any:
        whole = self.type_of(node.node, scope)
        if isinstance(node, nodes.Getattr):
            return self._member(node, node.attr, whole, _show(node.node) + ".")
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(node, node.arg.value, whole, _show(node.node) + ".")
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int):
            return typing.get_args(whole)[0] if typing.get_origin(whole) is list else object
        self._refuse(node)
        return object

    def _member(self, node: nodes.Node, name: str, whole: Any, before: str) -> Any:
        if whole is object:
            return object
        if typing.get_origin(whole) is dict:
            return typing.get_args(whole)[1]
        known = whole if isinstance(whole, Mapping) else _fields(whole)
        if name in known:
            return known[name]
        close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
        hint = f"Did you mean `{before}{close[0]}`?" if close else f"Known here: {_some(known) or 'nothing'}."
        self._report("TPL-011", node, before + name, hint=hint)
        return object

    def _refuse(self, node: nodes.Node) -> None:
        self._report("TPL-012", node, "", what=_NAMES.get(type(node), lambda n: f"`{type(n).__name__.lower()}`")(node))

    def _report(self, code: str, node: nodes.Node, name: str, **words: str) -> None:
        self.findings.append(make_finding(code, self.source.place(node.lineno), name=name, **words))


_NAMES: dict[type, Callable[[Any], str]] = {
    nodes.Call: lambda _: "a call, name(...)",
    nodes.Filter: lambda node: f"the filter `{node.name}`",
    nodes.Test: lambda node: f"the test `{node.name}`",
}


def _fields(kind: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(kind) if typing.is_typeddict(kind) else {}


def _some(names: Mapping[str, Any]) -> str:
    listed = [f"`{name}`" for name in names]
    return ", ".join(listed[:12]) + (", ..." if len(listed) > 12 else "")


def _show(node: nodes.Node | None) -> str:
    """A name as it stands in the template."""
    return ".".join(_steps(node))


def _steps(node: nodes.Node | None) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, nodes.Getattr):
        yield from _steps(node.node)
        yield node.attr
    elif isinstance(node, nodes.Getitem):
        yield from _steps(node.node)
        yield str(node.arg.value) if isinstance(node.arg, nodes.Const) else "..."
    elif isinstance(node, nodes.Filter):
        yield from _steps(node.node)
    else:
        yield "..."
