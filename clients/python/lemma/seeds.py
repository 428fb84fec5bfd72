"""Seeds that can be seen: of libraries that were imported already, none is imported for it."""

from __future__ import annotations

import hashlib
import random
import sys
from typing import Any, Dict, Iterable, Optional

CANDIDATES = (*range(0, 129), 256, 512, 1000, 1024, 1234, 1337, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 3407, 12345, 31337, 123456, 20_000)


def seen_seeds(given: Optional[Iterable[Any]] = None) -> Dict[str, str]:
    """Seeds as text, by library. ``given`` are numbers worth trying, such as the param ``seed``.

    PyTorch and TensorFlow tell theirs. Python's and NumPy's generators only have a state: where a fresh one of a likely seed has the same, that is the seed, else
    ``state:`` and the beginning of the state's SHA-256. JAX has no global seed but PRNGKey's implementation is recorded.
    """
    likely = [*_whole(given or ()), *CANDIDATES]
    seeds: Dict[str, str] = {}
    for name, see in (("python", _python), ("numpy", _numpy), ("torch", _torch), ("tensorflow", _tensorflow), ("jax", _jax)):
        try:
            seed = see(likely)
        except Exception:  # noqa: BLE001: another version of a library
            seed = None
        if seed is not None:
            seeds[name] = seed
    return seeds


def _whole(given: Iterable[Any]) -> Iterable[int]:
    for each in given:
        try:
            yield int(each)
        except (TypeError, ValueError):
            continue


def _python(likely: Iterable[int]) -> Optional[str]:
    state = random.getstate()
    for seed in likely:
        if random.Random(seed).getstate() == state:
            return str(seed)
    return _state(repr(state))


def _numpy(likely: Iterable[int]) -> Optional[str]:
    legacy = getattr(sys.modules.get("numpy"), "random", None)
    if legacy is None:
        return None
    kind, key, at, *_ = legacy.get_state()
    if kind != "MT19937":
        return _state(repr((kind, key)))
    fresh = int(key[0])
    for seed in (fresh, *likely):
        if 0 <= seed < 2 ** 32 and at == 624:
            _, other, _, *_ = legacy.RandomState(seed).get_state()
            if bytes(other) == bytes(key):
                return str(seed)
    return _state(bytes(key) + str(at).encode())


def _torch(_likely: Iterable[int]) -> Optional[str]:
    torch = sys.modules.get("torch")
    return None if torch is None else str(torch.initial_seed())


def _tensorflow(_likely: Iterable[int]) -> Optional[str]:
    if "tensorflow" not in sys.modules:
        return None
    context = sys.modules.get("tensorflow.python.eager.context")
    seed = context.global_seed() if context is not None else None
    return None if seed is None else str(seed)


def _jax(_likely: Iterable[int]) -> Optional[str]:
    jax = sys.modules.get("jax")
    return None if jax is None else "implementation:%s" % jax.config.jax_default_prng_impl


def _state(state: Any) -> str:
    content = state if isinstance(state, bytes) else str(state).encode()
    return "state:" + hashlib.sha256(content).hexdigest()[:16]
