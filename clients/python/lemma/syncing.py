"""``lemma sync``: sends what waits in a spool."""

from __future__ import annotations

import os

from .delivery import deliver_all
from .hub import Hub, HubDown, Locked, Refused
from .say import say
from .spool import Claim, spooled_runs


def sync(root: str, hub: Hub) -> int:
    """Sends every run of the spool that no live process sends itself, removes what the hub has in full, and answers the number of runs of which something still waits."""
    folders = spooled_runs(root)
    if not folders:
        say("nothing waits in %s" % root)
    waiting = 0
    for folder in folders:
        try:
            over = _sync_one(folder, hub)
        except Locked as problem:
            say("the hub at %s does not let you in: %s Set LEMMA_TOKEN." % (hub.url, problem))
            return len(folders)
        except HubDown as problem:
            say("the hub at %s does not answer (%s); everything stays in %s" % (hub.url, problem, root))
            return len(folders)
        except Refused as problem:
            say("the hub refuses %s: %s" % (folder, problem))
            over = False
        except OSError as problem:
            say("%s cannot be read: %s" % (folder, problem))
            over = False
        waiting += 0 if over else 1
    return waiting


def _sync_one(folder: str, hub: Hub) -> bool:
    claim = Claim.take(folder)
    if claim is None:
        say("%s is sent by its own process, which still runs" % folder)
        return True
    try:
        over = deliver_all(hub, folder)
        say("%s: %s" % (os.path.basename(folder), "sent" if over else "sent so far; it goes on"))
        return over
    finally:
        claim.drop()
