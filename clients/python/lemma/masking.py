"""Secrets in text, found and masked before the text leaves the machine.

A mask says what was there and its length class, never more: ``[masked github-token 32-63]``. What counts as a secret is ``DETECTORS``, in their order;
each has a test with the real form of such a secret. Sources: the vendors' documents of their token formats, as of 2025.
"""

from __future__ import annotations

import math
import re
from typing import Callable, Dict, List, NamedTuple, Optional, Pattern, Sequence, Tuple

SECRET_NAME = r"(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|auth(?:orization)?|credential|bearer)s?"


class Detector(NamedTuple):
    """``pattern``'s group ``secret`` (or the whole match) is masked where ``counts`` agrees."""

    kind: str
    pattern: "Pattern[str]"
    counts: Callable[[str], bool] = lambda secret: True


def _entropy(text: str) -> float:
    """Shannon's entropy in bits a character."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in (text.count(letter) for letter in set(text)))


def _random_looking(secret: str) -> bool:
    return _entropy(secret) >= 3.0 and bool(re.search(r"\d", secret)) and not re.fullmatch(r"[A-Za-z_.]+\(.*", secret)


def _no_placeholder(secret: str) -> bool:
    return not re.match(r"(?:\$|\{|<|%\(|os\.|env|None\b|null\b|true\b|false\b|self\.|args\.|config\.|getpass|\[masked|\*{3}|x{3})", secret, re.IGNORECASE)


DETECTORS: Sequence[Detector] = (
    Detector("private-key", re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?P<secret>[\s\S]*?)(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\Z)"), lambda secret: "[masked" not in secret and secret.strip() != ""),
    Detector("aws-access-key-id", re.compile(r"\b(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z2-7]{16}\b")),
    Detector("github-token", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b")),
    Detector("gitlab-token", re.compile(r"\bgl(?:pat|ptt|rt|dt|cbt|soat|feed)-[A-Za-z0-9_\-.]{20,}")),
    Detector("slack-token", re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|https://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]+")),
    Detector("openai-like-key", re.compile(r"\bsk-(?:[a-z]+\d*-)*[A-Za-z0-9_-]{20,}")),
    Detector("hugging-face-token", re.compile(r"\bhf_[A-Za-z0-9]{30,}\b")),
    Detector("google-api-key", re.compile(r"\bAIza[A-Za-z0-9_-]{35}")),
    Detector("stripe-key", re.compile(r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}")),
    Detector("json-web-token", re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+")),
    Detector("url-credentials", re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://(?P<secret>[^\s/:@'\"]*:[^\s/@'\"]+)@"), _no_placeholder),
    Detector("bearer-token", re.compile(r"\b[Bb]earer\s+(?P<secret>[A-Za-z0-9._~+/-]{16,}=*)"), _no_placeholder),
    # password = "hunter2", "password": "hunter2", --password hunter2 and PASSWORD=hunter2: a quoted value, or one that follows = at once.
    Detector("password", re.compile(r"(?i)\b[\w-]{0,40}(?:pass(?:word|wd|phrase)|pwd)[\"']?\s*[:=]\s*[bru]{0,2}[\"'](?P<secret>[^\"'\n]{3,})[\"']"), _no_placeholder),
    Detector("password", re.compile(r"(?i)\b[\w-]{0,40}(?:pass(?:word|wd|phrase)|pwd)(?:=|:[ \t]|[ \t]+=[ \t]+)(?P<secret>[^\s\"',;(){}\[\]]{3,})(?=[\s,;]|\Z)"), _no_placeholder),
    Detector("secret", re.compile(r"(?i)\b[\w-]{0,60}" + SECRET_NAME + r"[\w-]{0,40}[\"']?\s*[:=]{1,2}>?\s*[bru]{0,2}[\"']?(?P<secret>[A-Za-z0-9+/_\-.~]{16,}={0,2})"), lambda secret: _no_placeholder(secret) and _random_looking(secret)),
)
SECRET_OPTION = re.compile(r"(?i)--?[\w-]*" + SECRET_NAME + r"[\w-]*\Z")


def mask(text: str) -> Tuple[str, int]:
    """The text with its secrets masked, and how many there were. A mask holds no line break where the secret held none, so lines of a diff stay lines."""
    count = 0
    for detector in DETECTORS:
        text, found = _masked(text, detector)
        count += found
    return text, count


def _masked(text: str, detector: Detector) -> Tuple[str, int]:
    pieces: List[str] = []
    at = count = 0
    for match in detector.pattern.finditer(text):
        group = "secret" if "secret" in detector.pattern.groupindex else 0
        secret = match.group(group)
        if not secret or not detector.counts(secret):
            continue
        pieces += [text[at:match.start(group)], _mark(detector.kind, secret)]
        at = match.end(group)
        count += 1
    return "".join(pieces) + text[at:], count


def _mark(kind: str, secret: str) -> str:
    """Each line of the secret by a mark of its own behind what a diff writes in front of a line."""
    if "\n" not in secret:
        return "[masked %s %s]" % (kind, length_class(len(secret)))
    lines = secret.split("\n")
    return "\n".join((line[:1] if line[:1] in "+- " else "") + "[masked %s %s]" % (kind, length_class(len(line))) if line.strip("+- ") else line for line in lines)


def length_class(length: int) -> str:
    """``16-31``: between a power of two and the next."""
    low = 1 << max(0, length.bit_length() - 1)
    return "%d-%d" % (low, low * 2 - 1)


def mask_command(words: Sequence[str]) -> List[str]:
    """A command with its secrets masked: also the word behind ``--password`` and its like."""
    masked: List[str] = []
    secret_next = count_of_tokens = False
    for word in words:
        if secret_next and not word.startswith("-") and not (count_of_tokens and word.isdigit()):
            masked.append("[masked option %s]" % length_class(len(word)))
        else:
            name, equals, value = word.partition("=")
            hidden = bool(equals) and bool(value) and SECRET_OPTION.match(name) is not None and name.startswith("-")
            masked.append("%s=[masked option %s]" % (name, length_class(len(value))) if hidden else mask(word)[0])
        secret_next = SECRET_OPTION.match(word) is not None and word.lower() != "--auth"
        count_of_tokens = "token" in word.lower()
    return masked


def mask_params(params: Dict[str, str]) -> Dict[str, str]:
    """Params whose name or value is a secret, masked."""
    return {key: mask_one(key, value) for key, value in params.items()}


def mask_one(name: str, value: str) -> str:
    """One value by its name."""
    if re.search(r"(?i)(?:^|[_.-])" + SECRET_NAME + r"\Z", name) and value and not value.replace(".", "").isdigit() and value.lower() not in ("true", "false", "none"):
        return "[masked option %s]" % length_class(len(value))
    return mask(value)[0]


def without_credentials(url: Optional[str]) -> Optional[str]:
    """A git remote without user and password; ``git@host:path`` keeps its user, which is no secret."""
    return re.sub(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@]*@", r"\1", url) if url else None
