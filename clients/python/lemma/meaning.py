"""Digests of what code and data mean, and not how they are written."""

from __future__ import annotations

import ast
import hashlib
from typing import Any, Dict, List, Optional, Tuple, Union

Definition = Union[ast.FunctionDef, ast.AsyncFunctionDef]
MOST_FUNCTIONS = 400


def meaning_of_python(source: Union[bytes, str]) -> Optional[str]:
    """SHA-256 (hex) of a Python file's syntax tree without docstrings, comments and positions; None where it does not parse.

    The tree is written by ``ast.dump`` without what versions of Python disagree on (``type_ignores``, ``kind``, empty ``type_params``).
    """
    tree = _parsed(source)
    return None if tree is None else _digest(tree)


def functions_of(source: Union[bytes, str]) -> Dict[str, str]:
    """The same for each function and method, by its dotted name (``Trainer.fit``): at most 400, in the order they stand."""
    tree = _parsed(source)
    found: Dict[str, str] = {}
    if tree is not None:
        for name, node in _definitions(tree, ""):
            if len(found) >= MOST_FUNCTIONS:
                break
            found[name[:250]] = _digest(node)
    return found


def _parsed(source: Union[bytes, str]) -> Optional[ast.Module]:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _definitions(node: ast.AST, prefix: str) -> List[Tuple[str, Definition]]:
    found: List[Tuple[str, Definition]] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.append((prefix + child.name, child))
            found += _definitions(child, prefix + child.name + ".")
        elif isinstance(child, ast.ClassDef):
            found += _definitions(child, prefix + child.name + ".")
        elif isinstance(child, (ast.If, ast.Try, ast.With)):
            found += _definitions(child, prefix)
    return found


def _digest(node: ast.AST) -> str:
    pieces: List[str] = []
    try:
        _write(node, pieces)
    except RecursionError:
        pieces.append("too deep")
    return hashlib.sha256("".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()


def _write(node: Any, pieces: List[str]) -> None:
    """A node as text, alike in all versions of Python from 3.9 on for code that all of them parse."""
    if isinstance(node, ast.AST):
        pieces.append(type(node).__name__ + "(")
        for name, value in ast.iter_fields(node):
            if name in ("type_ignores", "kind", "ctx", "type_comment") or (name == "type_params" and not value):
                continue
            pieces.append(name + "=")
            _write(_without_docstring(node, value) if name == "body" else value, pieces)
            pieces.append(",")
        pieces.append(")")
    elif isinstance(node, list):
        pieces.append("[")
        for each in node:
            _write(each, pieces)
            pieces.append(",")
        pieces.append("]")
    else:
        pieces.append(type(node).__name__ + repr(node))


def _without_docstring(node: ast.AST, body: Any) -> Any:
    documented = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
    if documented and body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str):
        return body[1:]
    return body
