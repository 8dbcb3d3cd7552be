"""Every small fault that can be put into a module: one place changed, all else as it stands.

Left as they are: docstrings, annotations, decorators, ``Literal`` types and the sentences of errors, which
nobody's data depend on; and ``strict`` of ``zip``, which guards against faults of the program itself.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import Final, NamedTuple

_COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_EMPTY: Final = {
    "str": "''",
    "bytes": "b''",
    "tuple": "()",
    "list": "[]",
    "dict": "{}",
    "int": "0",
    "bool": "False",
}


class Mutant(NamedTuple):
    """One place of a module changed.

    ``start`` and ``end`` are offsets in the module's bytes; ``function`` is the qualified name of what the
    place is in, empty at the top of the module. ``number`` tells the same change apart where a function
    has it more than once, from 1.
    """

    module: str
    function: str
    line: int
    start: int
    end: int
    old: str
    new: str
    number: int

    @property
    def name(self) -> str:
        """What the mutant is called, whatever else of its module changes."""
        place = f"{self.module}:{self.function}" if self.function else self.module
        times = f" #{self.number}" if self.number > 1 else ""
        return f"{place}: {_one_line(self.old)} -> {_one_line(self.new)}{times}"

    def applied(self, source: bytes) -> bytes:
        """Return the module with this change in it."""
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutants_of(module: str, source: bytes) -> tuple[Mutant, ...]:
    """Return every mutant of a module, in the order of their places."""
    finder = _Finder(module, source)
    finder.visit(ast.parse(source))
    return tuple(sorted(finder.found, key=lambda mutant: (mutant.start, mutant.end, mutant.new)))


class _Finder(ast.NodeVisitor):
    def __init__(self, module: str, source: bytes) -> None:
        self._module = module
        self._source = source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._functions: list[str] = []
        self._returns: list[ast.expr | None] = []
        self._times: Counter[tuple[str, str, str]] = Counter()
        self.found: list[Mutant] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._functions.append(node.name)
        self._returns.append(node.returns)
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        self._body(node.body)
        self._returns.pop()
        self._functions.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._functions.append(node.name)
        self._body([each for each in node.body if not _assigns(each, "__slots__")])
        self._functions.pop()

    def visit_Module(self, node: ast.Module) -> None:
        self._body([each for each in node.body if not _assigns(each, "__all__")])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not (isinstance(node.value, ast.Name) and node.value.id in ("Literal", "tuple", "dict", "list")):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._change(node, "pass")

    def visit_Call(self, node: ast.Call) -> None:
        for part in (node.func, *node.args, *(each.value for each in node.keywords if each.arg != "strict")):
            self.visit(part)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):  # a docstring, or the dots of a body that is none
            return
        if isinstance(node.value, ast.Call):
            self._change(node, "pass")
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self._change(node, "pass")

    def visit_Break(self, node: ast.Break) -> None:
        self._change(node, "pass")

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._change(node, "pass")
        self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(target, ast.Name | ast.Tuple) for target in node.targets):
            self._change(node, "pass")
        self.visit(node.value)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is None:
            return
        empty = _empty_of(self._returns[-1])
        if empty != ast.unparse(node.value):
            self._change(node, f"return {empty}")
        self.visit(node.value)

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        self._negate(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        if not isinstance(node.test, ast.Constant):
            self._negate(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._negate(test)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for index, operator in enumerate(node.ops):
            for other in _COMPARISONS[type(operator)]:
                changed = [*node.ops]
                changed[index] = other()
                self._put(node, ast.Compare(node.left, changed, node.comparators))
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._put(node, ast.BoolOp(other, node.values))
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._put(node, node.operand)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        other = _ARITHMETIC.get(type(node.op))
        if other is not None and not _is_type(node):
            self._put(node, ast.BinOp(node.left, other(), node.right))
        self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Python 3.11 does not say where the parts of an f-string are."""

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._put(node, ast.Constant(not value))
        elif isinstance(value, int):
            self._put(node, ast.Constant(value + 1))
            self._put(node, ast.Constant(value - 1))
        elif isinstance(value, str):
            self._put(node, ast.Constant("" if value else "?"))
        elif isinstance(value, bytes):
            self._put(node, ast.Constant(b"" if value else b"?"))

    def _body(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self.visit(statement)

    def _negate(self, test: ast.expr) -> None:
        # Of a comparison with one operator, and of a "not", the opposite is found where they are visited.
        if not isinstance(test, ast.UnaryOp) and not (isinstance(test, ast.Compare) and len(test.ops) == 1):
            self._put(test, ast.UnaryOp(ast.Not(), test))

    def _put(self, node: ast.expr, other: ast.expr) -> None:
        self._change(node, f"({ast.unparse(ast.fix_missing_locations(other))})")

    def _change(self, node: ast.expr | ast.stmt, new: str) -> None:
        start = self._lines[node.lineno - 1] + node.col_offset
        end = self._lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        old = self._source[start:end].decode()
        function = ".".join(self._functions)
        key = (function, _one_line(old), _one_line(new))
        self._times[key] += 1
        self.found.append(Mutant(self._module, function, node.lineno, start, end, old, new, self._times[key]))


def _empty_of(annotation: ast.expr | None) -> str:
    """An empty value of a type, None where the type has none."""
    name = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return _EMPTY.get(name.id, "None") if isinstance(name, ast.Name) else "None"


def _is_type(node: ast.BinOp) -> bool:
    """Whether it is a union of types, as in ``isinstance(edit, Remove | RemoveItem)``."""
    right = node.right
    return isinstance(node.op, ast.BitOr) and (
        (isinstance(right, ast.Name) and right.id[:1].isupper() and not right.id.isupper())
        or (isinstance(right, ast.Constant) and right.value is None)
        or (isinstance(right, ast.Name) and right.id in _EMPTY)
    )


def _assigns(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == name for target in node.targets
    )


def _one_line(code: str) -> str:
    return " ".join(code.split())
