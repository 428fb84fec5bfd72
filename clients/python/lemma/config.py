"""What a script was configured with, as params: text by dotted name."""

from __future__ import annotations

import argparse
import dataclasses
import re
from typing import Any, Dict, Iterator, List, Mapping, Sequence, Tuple

from .say import say_once

LONGEST_NAME = 250
LONGEST_VALUE = 6000
NAME = re.compile(r"[^\w.\- :/]")
DEEPEST = 20


def as_params(config: Any) -> Dict[str, str]:
    """A dict (nested keys are joined by dots), ``argparse.Namespace``, dataclass or None as params.

    Values are written as ``str`` writes them; lists and tuples stay one value. Raises ``TypeError`` for anything else.
    """
    params: Dict[str, str] = {}
    for key, value in _flat("", _mapping(config), 0):
        name = param_name(key)
        text = value if isinstance(value, str) else _text(value)
        if len(text) > LONGEST_VALUE:
            say_once("the value of %s has %d characters; the first %d are recorded" % (name, len(text), LONGEST_VALUE))
        params[name] = text[:LONGEST_VALUE]
    return params


def param_name(key: str) -> str:
    """The name as the hub takes it: what may not stand in one becomes an underscore."""
    name = NAME.sub("_", key)[:LONGEST_NAME]
    name = "/".join(part if part.strip(".") else "_" for part in name.split("/"))
    if name != key:
        say_once("the name %r is recorded as %r" % (key, name))
    return name


def _mapping(config: Any) -> Mapping[Any, Any]:
    if config is None:
        return {}
    if isinstance(config, Mapping):
        return config
    if isinstance(config, argparse.Namespace):
        return vars(config)
    if dataclasses.is_dataclass(config) and not isinstance(config, type):
        return {field.name: getattr(config, field.name) for field in dataclasses.fields(config)}
    raise TypeError("config is a dict, an argparse.Namespace or a dataclass, not a %s" % type(config).__name__)


def _flat(prefix: str, config: Mapping[Any, Any], depth: int) -> Iterator[Tuple[str, Any]]:
    for key, value in config.items():
        name = "%s.%s" % (prefix, key) if prefix else str(key)
        nested = isinstance(value, (Mapping, argparse.Namespace)) or (dataclasses.is_dataclass(value) and not isinstance(value, type))
        inner = _mapping(value) if nested and depth < DEEPEST else {}
        if inner:
            yield from _flat(name, inner, depth + 1)
        else:
            yield name, value


def _text(value: Any) -> str:
    try:
        return str(value)
    except Exception as problem:  # noqa: BLE001: a __str__ that fails is not the training's end
        return "<%s that cannot be written: %s>" % (type(value).__name__, problem)


def from_arguments(command: Sequence[str]) -> Dict[str, str]:
    """Options of a command as params: ``--lr 0.1``, ``--lr=0.1`` and ``--batch-size 8`` are lr and batch_size, as argparse names them; a flag alone is ``true``.

    What stands before the script, and positional arguments, are no params.
    """
    params: Dict[str, str] = {}
    arguments: List[str] = list(command[_script_at(command) + 1:])
    at = 0
    while at < len(arguments):
        argument = arguments[at]
        at += 1
        if not re.match(r"--?[A-Za-z]", argument):
            continue
        name, equals, value = argument.lstrip("-").partition("=")
        if not equals and at < len(arguments) and not re.match(r"--?[A-Za-z]", arguments[at]):
            value = arguments[at]
            at += 1
        elif not equals:
            value = "true"
        params[param_name(name.replace("-", "_"))] = value[:LONGEST_VALUE]
    return params


def _script_at(command: Sequence[str]) -> int:
    """Where the script stands: ``python -u train.py``, ``python -m train``, ``torchrun --nproc 2 train.py``; else the program itself."""
    for at, word in enumerate(command):
        if word.endswith((".py", ".sh", ".ipynb", ".R", ".jl", ".pl")):
            return at
        if word == "-m" and at + 1 < len(command):
            return at + 1
    return 0
