"""Files of runs that lie in folders of this machine."""

from __future__ import annotations

import os
import urllib.parse
import urllib.request
from typing import List, Optional

from .mlflow_history import FilesElsewhere, PastFile

SERVED = "mlflow-artifacts"


def folder_of(uri: str, base: str, served: Optional[str]) -> str:
    """The folder that an artifact address means. ``base`` is where a relative one begins, ``served`` the folder in which a tracking server kept what it took. Raises ``FilesElsewhere``."""
    parts = urllib.parse.urlsplit(uri)
    if parts.scheme in ("", "file") and parts.netloc in ("", "localhost"):
        path = urllib.request.url2pathname(parts.path) if parts.scheme else uri
        return path if os.path.isabs(path) else os.path.join(base, path)
    if parts.scheme == SERVED and served:
        return os.path.join(served, os.path.normpath("/" + urllib.parse.unquote(parts.path)).lstrip("/"))
    if parts.scheme == SERVED:
        raise FilesElsewhere("the files were kept by a tracking server: name the folder of its --artifacts-destination with --artifacts, or import from the server")
    raise FilesElsewhere("the files are at %s://: import from the tracking server, which reaches them" % (parts.scheme or "an address"))


def files_below(folder: str) -> List[PastFile]:
    """Every file below the folder, by path; none where it is not there. A link out of it is not followed."""
    found = []
    for at, _, names in os.walk(folder):
        for name in names:
            near = os.path.join(at, name)
            if os.path.isfile(near) and not os.path.islink(near):
                path = os.path.relpath(near, folder).replace(os.sep, "/")
                found.append(PastFile(path, os.path.getsize(near), near))
    return sorted(found, key=lambda file: file.path)
