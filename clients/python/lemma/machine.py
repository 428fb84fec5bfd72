"""The machine and the software that a run executes on, as far as they can be seen without asking for rights."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import socket
import subprocess
import sys
from importlib import metadata
from typing import Any, Dict, List, Optional

from .masking import mask_one

ALLOWED = re.compile(
    # Terraform's begin as TensorFlow's do, and hold what it is to set up, passwords too.
    r"(?!TF_(?:VAR|CLI|TOKEN|LOG|DATA|WORKSPACE|INPUT|IN|REGISTRY|PLUGIN|STATE|SKIP)(?:_|\Z))"
    r"(?:(?:OMP|MKL|OPENBLAS|NUMEXPR|KMP|NCCL|GLOO|CUDA|CUBLAS|CUDNN|NVIDIA|TF|XLA|JAX|TORCH|PYTORCH|HF|TOKENIZERS|SLURM|ROCM|HIP)_[A-Z0-9_]+\Z"
    r"|(?:PYTHONHASHSEED|PYTHONPATH|PYTHONOPTIMIZE|CUDA_VISIBLE_DEVICES|LD_LIBRARY_PATH|LD_PRELOAD|WORLD_SIZE|RANK|LOCAL_RANK|CONDA_DEFAULT_ENV|VIRTUAL_ENV|LANG|LC_ALL|TZ)\Z)"
)
LONGEST = 4_096
MOST_VARIABLES = 200


def python() -> Dict[str, str]:
    """Version and implementation of this interpreter."""
    return {"version": platform.python_version(), "implementation": platform.python_implementation()}


def packages() -> List[Dict[str, Optional[str]]]:
    """Installed distributions by name (as PEP 503 writes it), each with its version and the SHA-256 of its RECORD, null where it has none."""
    found: Dict[str, Dict[str, Optional[str]]] = {}
    for each in metadata.distributions():
        try:
            name = re.sub(r"[-_.]+", "-", str(each.metadata["Name"])).lower()
            record = each.read_text("RECORD")
            if name not in found:
                found[name] = {"name": name[:250], "version": str(each.version)[:250], "hash": hashlib.sha256(record.encode()).hexdigest() if record else None}
        except Exception:  # noqa: BLE001: a package that is half installed
            continue
    return [found[name] for name in sorted(found)][:5_000]


def variables() -> Dict[str, str]:
    """Environment variables on the allow-list, and those that ``$LEMMA_VARIABLES`` names with commas between; secrets masked."""
    named = {name.strip() for name in os.environ.get("LEMMA_VARIABLES", "").split(",")}
    chosen = sorted(name for name in os.environ if ALLOWED.match(name) or name in named)[:MOST_VARIABLES]
    return {name: mask_one(name, os.environ[name].encode("utf-8", "replace").decode())[:LONGEST] for name in chosen}


def hardware() -> Dict[str, Any]:
    """Processor, cores, memory in bytes, GPUs, CUDA and driver versions, and the operating system; null for what cannot be seen."""
    gpus, driver = _gpus()
    return {"cpu": _cpu(), "cores": _cores(), "memoryBytes": memory_bytes(), "gpus": gpus, "cuda": _cuda() if gpus or "torch" in sys.modules else None, "driver": driver, "os": platform.platform()}


def machine() -> str:
    """The machine's own name."""
    return socket.gethostname()


def container() -> Optional[Dict[str, Optional[str]]]:
    """Image and digest of the container around this process: from what a scheduler put into the environment, else from what the engine leaves; None outside."""
    image = _first("LEMMA_IMAGE", "CONTAINER_IMAGE", "SINGULARITY_CONTAINER", "APPTAINER_CONTAINER", "SLURM_CONTAINER_IMAGE", "DOCKER_IMAGE", "IMAGE_NAME")
    digest = _first("LEMMA_IMAGE_DIGEST", "CONTAINER_IMAGE_DIGEST", "IMAGE_DIGEST")
    podman = _text_of("/run/.containerenv")
    image = image or _match(r'^image="(.*)"', podman)
    digest = digest or _match(r'^imageid="(.*)"', podman) or _match(r"@(sha256:[0-9a-f]{64})", image or "")
    if image or digest:
        return {"image": image, "digest": digest}
    inside = os.path.exists("/.dockerenv") or bool(podman) or re.search(r"docker|kubepods|containerd|libpod", _text_of("/proc/1/cgroup")) is not None
    return {"image": None, "digest": None} if inside else None


def nvidia(query: str) -> List[List[str]]:
    """What ``nvidia-smi`` says of each GPU, in the fields asked for; nothing where there is none."""
    try:
        done = subprocess.run(["nvidia-smi", "--query-gpu=" + query, "--format=csv,noheader,nounits"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    if done.returncode != 0:
        return []
    return [[field.strip() for field in line.split(",")] for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]


def memory_bytes() -> Optional[int]:
    """The memory this process may use: of the machine, or of its control group where that is less."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        limit = _text_of(path).strip()
        if limit.isdigit():
            return min(total, int(limit))
    return total


def _gpus() -> Any:
    rows = [row for row in nvidia("name,memory.total,driver_version") if len(row) == 3]
    gpus = [{"name": name, "memoryBytes": int(float(megabytes) * 1024 * 1024) if megabytes.replace(".", "").isdigit() else None} for name, megabytes, _ in rows]
    return gpus, rows[0][2] if rows else None


def _cuda() -> Optional[str]:
    torch = sys.modules.get("torch")
    version = getattr(getattr(torch, "version", None), "cuda", None)
    if version:
        return str(version)
    try:
        done = subprocess.run(["nvidia-smi"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return _match(r"CUDA Version:\s*([\d.]+)", done.stdout.decode("utf-8", "replace"))


def _cpu() -> Optional[str]:
    info = _text_of("/proc/cpuinfo")
    return _match(r"^model name\s*:\s*(.+)$", info) or _match(r"^Hardware\s*:\s*(.+)$", info) or platform.processor() or platform.machine() or None


def _cores() -> Optional[int]:
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return os.cpu_count()


def _first(*names: str) -> Optional[str]:
    return next((os.environ[name][:LONGEST] for name in names if os.environ.get(name)), None)


def _match(pattern: str, text: str) -> Optional[str]:
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1).strip() if found else None


def _text_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(1 << 20)
    except OSError:
        return ""
