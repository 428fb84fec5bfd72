"""How the client speaks to a Lemma server: plain HTTP, with what a failure means for what was to be sent."""

from __future__ import annotations

import base64
import http.client
import json
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request
from typing import IO, Any, Dict, Mapping, Optional, Union

from .redirects import KeepTheToken

DEFAULT_URL = "http://127.0.0.1:3000"
TIMEOUT_S = 15.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class HubDown(Exception):
    """Nobody answered, or not now: the same request may pass later."""


class Locked(HubDown):
    """The hub does not know who asks, or does not let them: it may pass later with another token."""


class Refused(Exception):
    """The hub said no, and will say it again.

    ``reason`` is the server's code ("run/no-hypothesis"), ``acknowledged`` how far a stream of metrics came.
    """

    def __init__(self, status: int, reason: str, message: str, acknowledged: Optional[int] = None) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.acknowledged = acknowledged


class Hub:
    """One Lemma server. Holds no connection and no thread, so it survives a fork."""

    def __init__(self, url: Optional[str] = None, token: Optional[str] = None) -> None:
        """``url`` and ``token`` default to ``$LEMMA_URL`` and ``$LEMMA_TOKEN``. Credentials in the address are used and not shown."""
        parts = urllib.parse.urlsplit(url or os.environ.get("LEMMA_URL") or DEFAULT_URL)
        host = parts.netloc.rsplit("@", 1)[-1]
        self.url = urllib.parse.urlunsplit((parts.scheme or "http", host, parts.path.rstrip("/"), "", ""))
        token = token or os.environ.get("LEMMA_TOKEN") or None
        self._headers: Dict[str, str] = {"accept": "application/json", "user-agent": "lemma-python/0.1"}
        if token:
            self._headers["authorization"] = "Bearer " + token
        elif parts.password:
            given = "%s:%s" % (urllib.parse.unquote(parts.username or ""), urllib.parse.unquote(parts.password))
            self._headers["authorization"] = "Basic " + base64.b64encode(given.encode()).decode("ascii")
        # A proxy of the house does not know this machine by the name 127.0.0.1.
        proxies = [urllib.request.ProxyHandler({})] if parts.hostname in LOOPBACK else []
        self._opener = urllib.request.build_opener(KeepTheToken, *proxies)

    def post(self, path: str, body: Any, timeout: float = TIMEOUT_S) -> Any:
        """``POST /api/v1<path>`` with JSON. Answers what the server said. Raises ``HubDown``, ``Locked`` or ``Refused``."""
        data = json.dumps(body, default=str).encode("utf-8")
        return self.send("POST", "/api/v1" + path, data, {"content-type": "application/json"}, timeout)

    def get(self, path: str, timeout: float = TIMEOUT_S) -> Any:
        """``GET /api/v1<path>``. Raises as ``post``."""
        return self.send("GET", "/api/v1" + path, None, {}, timeout)

    def ask(self, question: str, variables: Mapping[str, Any], timeout: float = TIMEOUT_S) -> Mapping[str, Any]:
        """The ``data`` of a GraphQL answer. Raises as ``post``; a question that is refused raises ``Refused``."""
        answer = self.send("POST", "/graphql", json.dumps({"query": question, "variables": variables}).encode("utf-8"), {"content-type": "application/json"}, timeout)
        for error in answer.get("errors") or []:
            raise Refused(200, str((error.get("extensions") or {}).get("reason") or ""), str(error.get("message")))
        return answer.get("data") or {}

    def file(self, path: str, most_bytes: int, timeout: float = 120.0) -> bytes:
        """What ``GET`` of a path below the hub's address holds; of a whole address only the path counts. Raises as ``post``, and ``Refused`` for a file of more than ``most_bytes``."""
        try:
            with self._opener.open(urllib.request.Request(self._address(path), headers={**self._headers, "accept": "*/*"}), timeout=timeout) as answer:
                content = answer.read(most_bytes + 1)
        except urllib.error.HTTPError as problem:
            if problem.code == 404:
                raise Refused(404, "artifact/unknown", "there is no such file") from None
            raise _meaning(problem) from None
        except (urllib.error.URLError, http.client.HTTPException, ssl.SSLError, OSError) as problem:
            raise HubDown(str(getattr(problem, "reason", None) or problem)) from None
        if len(content) > most_bytes:
            raise Refused(413, "artifact/too-large", "the file has more than %d bytes" % most_bytes)
        return content

    def send(self, method: str, path: str, data: Union[bytes, IO[bytes], None], headers: Mapping[str, str], timeout: float = TIMEOUT_S) -> Any:
        """One request to a path below the hub's address. Of a whole address only the path counts: the hub may be known by another name here, and a token goes nowhere else. Raises as ``post``."""
        request = urllib.request.Request(self._address(path), data=data, headers={**self._headers, **headers}, method=method)
        try:
            with self._opener.open(request, timeout=timeout) as answer:
                text = answer.read()
                return json.loads(text) if text.strip() else {}
        except urllib.error.HTTPError as problem:
            raise _meaning(problem) from None
        except (urllib.error.URLError, http.client.HTTPException, ssl.SSLError, OSError) as problem:
            raise HubDown(str(getattr(problem, "reason", None) or problem)) from None
        except ValueError as problem:
            raise HubDown("%s answered what is no JSON: is it a Lemma? (%s)" % (self.url, problem)) from None

    def headers_at(self, path: str, timeout: float = TIMEOUT_S) -> Optional[Mapping[str, str]]:
        """What ``HEAD`` is answered, by lower-case name; None where there is nothing. Raises as ``post``."""
        request = urllib.request.Request(self._address(path), headers=self._headers, method="HEAD")
        try:
            with self._opener.open(request, timeout=timeout) as answer:
                return {name.lower(): value for name, value in answer.headers.items()}
        except urllib.error.HTTPError as problem:
            if problem.code == 404:
                return None
            raise _meaning(problem) from None
        except (urllib.error.URLError, http.client.HTTPException, ssl.SSLError, OSError) as problem:
            raise HubDown(str(getattr(problem, "reason", None) or problem)) from None

    def _address(self, path: str) -> str:
        if "://" not in path:
            return self.url + path
        base = urllib.parse.urlsplit(self.url)
        return urllib.parse.urlunsplit((base.scheme, base.netloc, urllib.parse.urlsplit(path).path, "", ""))


def _meaning(problem: urllib.error.HTTPError) -> Exception:
    """What a status that is no success means for the request. 408, 425, 429 and 5xx pass by themselves."""
    try:
        body = json.loads(problem.read() or b"{}")
    except (ValueError, OSError, http.client.HTTPException):
        body = {}
    error = body.get("error") if isinstance(body, dict) else None
    said: Dict[str, Any] = error if isinstance(error, dict) else {}
    # The MLflow door says it at the top.
    plain = body.get("message") if isinstance(body, dict) else None
    message = str(said.get("message") or plain or "status %d" % problem.code)
    if problem.code in (401, 403):
        return Locked(message)
    # A path that is not there is an older server, not a wrong request.
    if problem.code in (408, 425, 429) or problem.code >= 500 or said.get("reason") == "http/no-such-path" or (problem.code == 404 and not said):
        return HubDown("%s (%d)" % (message, problem.code))
    acknowledged = said.get("acknowledged")
    return Refused(problem.code, str(said.get("reason") or ""), message, acknowledged if isinstance(acknowledged, int) else None)
