"""The thread that brings what a run spools to the hub. Training never waits for it, but for a bounded while at the end."""

from __future__ import annotations

import threading
import time
from typing import Callable, Optional

from .delivery import Delivery
from .hub import Hub, HubDown, Locked, Refused
from .say import say, say_once
from .spool import Claim, Writer, now_ms

PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
BEAT_S = 30.0
ALIVE_S = 60.0
SYNC_S = 5.0
LAST_TRIES = 3


class Sender:
    """One daemon thread, started by the process that made the run; children that were forked have none, their journals are read here."""

    def __init__(self, hub: Hub, folder: str, writer: Writer, claim: Claim, asked: bool = False) -> None:
        self.delivery = Delivery(hub, folder)
        self._hub = hub
        self._writer = writer
        self._claim = claim
        self._wake = threading.Event()
        self._leave = threading.Event()
        self._over = threading.Event()
        self._down: Optional[str] = None
        self._refusal: Optional[Refused] = None
        self._asked = asked
        self._settled = threading.Condition()
        self._rounds = 0
        self._next_beat = self._next_sync = self._next_alive = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="lemma-send", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something was written that should not wait."""
        self._wake.set()

    def stop(self) -> None:
        """Sends nothing more."""
        self._over.set()
        self._wake.set()
        self._thread.join(0.5)

    def finish(self, wait_s: float) -> bool:
        """Waits until the hub has everything, but no longer than ``wait_s`` seconds, nor at all for a hub that does not answer. True when it has."""
        self._leave.set()
        until = time.monotonic() + wait_s
        with self._settled:
            asked = self._rounds
        while time.monotonic() < until and not self._over.is_set():
            self._wake.set()
            with self._settled:
                # Some whole rounds that began after the end was written, and the hub was down in the last.
                if self._rounds > asked + LAST_TRIES and self._down is not None:
                    break
                self._settled.wait(0.05 if self._down is None else 0.25)
        return self._over.is_set()

    def made(self, wait_s: float) -> bool:
        """Waits until the hub made the run, but not for one that is down. Raises ``Refused`` when it refuses to."""
        until = time.monotonic() + wait_s
        while time.monotonic() < until and self.delivery.made is None:
            if self._refusal is not None:
                raise self._refusal
            if self._down is not None:
                return False
            time.sleep(0.02)
        return self.delivery.made is not None

    def _run(self) -> None:
        pause = PAUSE_S
        while not self._over.is_set():
            try:
                moved = self._round()
                if self._down is not None:
                    say("the hub answers again; what waited is being sent")
                self._down, pause = None, PAUSE_S
                if moved:
                    continue
                if self._leave.is_set() and self._is_done():
                    return
            except (HubDown, Refused) as problem:
                pause = self._failed(problem, pause)
            except Exception as problem:  # noqa: BLE001: a fault of ours must not end what is sent
                say_once("sending failed (%s: %s); what is logged stays in %s" % (type(problem).__name__, problem, self.delivery.folder))
                pause = self._failed(HubDown(str(problem)), pause)
            finally:
                with self._settled:
                    self._rounds += 1
                    self._settled.notify_all()
            self._wake.wait(pause)
            self._wake.clear()

    def _round(self) -> bool:
        self._upkeep()
        return self.delivery.step()

    def _is_done(self) -> bool:
        if self.delivery.end is None or not self.delivery.finish():
            return False
        self._over.set()
        return True

    def _failed(self, problem: Exception, pause: float) -> float:
        if self._down is None:
            if isinstance(problem, Refused):
                self._refusal = problem
                if not self._asked:
                    say("the hub refuses this run: %s What is logged stays in %s; `lemma sync` tries again." % (problem, self.delivery.folder))
            elif isinstance(problem, Locked):
                say("the hub at %s does not let this run in: %s Set LEMMA_TOKEN; what is logged waits in %s." % (self._hub.url, problem, self.delivery.folder))
            else:
                say("the hub at %s does not answer (%s); what is logged waits in %s" % (self._hub.url, problem, self.delivery.folder))
        self._down = str(problem) or "down"
        return min(LONGEST_PAUSE_S, pause * 2)

    def _upkeep(self) -> None:
        now = time.monotonic()
        if now >= self._next_sync:
            self._next_sync = now + SYNC_S
            self._writer.sync()
        if now >= self._next_alive:
            self._next_alive = now + ALIVE_S
            self._writer.append({"t": "alive", "at": now_ms()})
        if now >= self._next_beat and self.delivery.made is not None and not self._leave.is_set():
            self._next_beat = now + BEAT_S
            try:
                self._hub.post("/runs/%s/heartbeat" % self.delivery.run_id, {})
            except Refused:
                pass


class Sampler:
    """A daemon thread that measures the machine while a run goes on."""

    def __init__(self, writer: Writer, measure: Callable[[], dict], every_s: float) -> None:
        self._writer = writer
        self._measure = measure
        self._every_s = every_s
        self._stop = threading.Event()
        threading.Thread(target=self._run, name="lemma-sample", daemon=True).start()

    def stop(self) -> None:
        """No sample after this one."""
        self._stop.set()

    def _run(self) -> None:
        wait = min(1.0, self._every_s)
        while not self._stop.wait(wait):
            wait = self._every_s
            try:
                gauges = self._measure()
            except Exception as problem:  # noqa: BLE001
                say_once("the machine cannot be measured: %s" % problem)
                return
            if gauges:
                self._writer.append({"t": "sample", "at": now_ms(), "g": gauges})
