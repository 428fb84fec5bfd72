"""The little YAML that MLflow writes into ``meta.yaml``: names and plain values, one a line, long ones folded over several."""

from __future__ import annotations

import re
from typing import Dict, List, Optional

LINE = re.compile(r"([A-Za-z_][\w.-]*):(?:\s+(.*))?$")
ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)


def read_plain(text: str) -> Dict[str, Optional[str]]:
    """The values as text, ``null`` as None; lists are left out. Raises ``ValueError`` for what is no such file."""
    found: Dict[str, Optional[str]] = {}
    for name, lines in _entries(text):
        first = lines[0].strip()
        if first[:1] in ("[", "{") or (not first and len(lines) > 1):
            continue
        found[name] = _value(lines)
    return found


def _entries(text: str) -> List["tuple[str, List[str]]"]:
    entries: List["tuple[str, List[str]]"] = []
    for number, line in enumerate(text.splitlines(), 1):
        begun = LINE.match(line)
        if begun:
            entries.append((begun.group(1), [begun.group(2) or ""]))
        elif entries and (not line.strip() or line[:1] in (" ", "-")):
            entries[-1][1].append(line)
        elif line.strip() and not line.startswith(("#", "---")):
            raise ValueError("line %d is cut off or is no YAML: %s" % (number, line[:60]))
    return entries


def _value(lines: List[str]) -> Optional[str]:
    first = lines[0].strip()
    if first[:1] == "'":
        folded = _fold(lines)
        return _closed(folded, "'")[1:-1].replace("''", "'")
    if first[:1] == '"':
        return _unescaped(_closed(_joined(lines), '"')[1:-1])
    folded = _fold(lines)
    return None if folded in ("", "null", "~") else folded


def _closed(text: str, quote: str) -> str:
    if len(text) < 2 or not text.endswith(quote):
        raise ValueError("a text is cut off: %s" % text[:60])
    return text


def _fold(lines: List[str]) -> str:
    """A line's end stands for a space, an empty line for a line's end."""
    text = lines[0].strip()
    empty = 0
    for line in (each.strip() for each in lines[1:]):
        if not line:
            empty += 1
            continue
        text += ("\n" * empty or " ") + line
        empty = 0
    return text


def _joined(lines: List[str]) -> str:
    """As ``_fold``, but a backslash at a line's end joins it to the next as they stand."""
    parts: List[str] = [lines[0].strip()]
    for line in (each.strip() for each in lines[1:] if each.strip()):
        if parts[-1].endswith("\\") and not parts[-1].endswith("\\\\"):
            parts[-1] = parts[-1][:-1] + line
        else:
            parts[-1] += " " + line
    return parts[0]


def _unescaped(text: str) -> str:
    def _one(found: "re.Match[str]") -> str:
        code = found.group(1) or found.group(2) or found.group(3)
        return chr(int(code, 16)) if code else ESCAPES.get(found.group(4), found.group(4))

    return ESCAPE.sub(_one, text)
