"""What the machine measures of itself while a run goes on, in the gauges of ``POST /api/v1/runs/{id}/system``: bytes, percent, watts."""

from __future__ import annotations

import os
import threading
from typing import Dict, Optional, Tuple

from .machine import nvidia

GPU_FIELDS = "utilization.gpu,memory.used,memory.total,power.draw,power.limit"
_before: Dict[str, Tuple[float, float]] = {}
_has_gpus: Optional[bool] = None
_lock = threading.Lock()


def measure() -> Dict[str, float]:
    """Gauges of this moment; what a machine does not say is left out. Percentages of the processor are since the last call."""
    with _lock:
        return {**_cpu(), **_memory(), **_disk(), **_network(), **_gpus()}


def _cpu() -> Dict[str, float]:
    fields = _lines("/proc/stat")[:1]
    if not fields:
        return {}
    ticks = [float(each) for each in fields[0].split()[1:9]]
    now = (sum(ticks), ticks[3] + ticks[4])
    total, idle = _before.get("cpu", now)
    _before["cpu"] = now
    return {"cpu.utilisation": round(100 * (1 - (now[1] - idle) / (now[0] - total)), 2)} if now[0] > total else {}


def _memory() -> Dict[str, float]:
    said = {line.split(":")[0]: float(line.split()[1]) * 1024 for line in _lines("/proc/meminfo") if len(line.split()) >= 2}
    if "MemTotal" not in said or "MemAvailable" not in said:
        return {}
    used = said["MemTotal"] - said["MemAvailable"]
    return {"memory.used": used, "memory.utilisation": round(100 * used / said["MemTotal"], 2)}


def _disk() -> Dict[str, float]:
    try:
        status = os.statvfs(".")
    except (OSError, AttributeError):
        return {}
    total, free = status.f_blocks * status.f_frsize, status.f_bavail * status.f_frsize
    return {"disk.used": float(total - free), "disk.available": float(free), "disk.utilisation": round(100 * (total - free) / total, 2)} if total else {}


def _network() -> Dict[str, float]:
    rows = [line.split(":", 1) for line in _lines("/proc/net/dev") if ":" in line]
    counts = [(float(numbers.split()[0]), float(numbers.split()[8])) for name, numbers in rows if name.strip() != "lo"]
    if not counts:
        return {}
    return {"network.received": sum(received for received, _ in counts), "network.sent": sum(sent for _, sent in counts)}


def _gpus() -> Dict[str, float]:
    global _has_gpus
    if _has_gpus is False:
        return {}
    rows = nvidia(GPU_FIELDS)
    _has_gpus = bool(rows)
    gauges: Dict[str, float] = {}
    for at, row in enumerate(rows):
        numbers = [_number(each) for each in row] + [None] * 5
        usage, used, total, power, limit = numbers[:5]
        found = {
            "utilisation": usage, "memory": None if used is None else used * 1024 * 1024, "power": power,
            "memory.utilisation": 100 * used / total if used is not None and total else None, "power.utilisation": 100 * power / limit if power is not None and limit else None,
        }
        gauges.update({"gpu.%d.%s" % (at, name): value for name, value in found.items() if value is not None})
    return gauges


def _number(text: str) -> Optional[float]:
    try:
        return float(text)
    except ValueError:
        return None


def _lines(path: str) -> list:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read().splitlines()
    except OSError:
        return []
