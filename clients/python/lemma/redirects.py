"""Requests that are sent on to another place."""

from __future__ import annotations

import urllib.parse
import urllib.request
from typing import IO, Any, Optional


class KeepTheToken(urllib.request.HTTPRedirectHandler):
    """Follows as ``urllib`` does, but shows who asks to nobody else: a file may be answered by the store it is kept in, which has its own word for that in the address."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> Optional[urllib.request.Request]:
        """The request to the next place, without who asks where that is another one."""
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None and _place(newurl) != _place(req.full_url):
            for name in [each for each in following.headers if each.lower() in ("authorization", "cookie")]:
                del following.headers[name]
        return following


def _place(address: str) -> "tuple[str, Optional[str], Optional[int]]":
    parts = urllib.parse.urlsplit(address)
    return parts.scheme, parts.hostname, parts.port
