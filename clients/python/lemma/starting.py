"""``lemma.run``: makes a run, joins the one that ``lemma exec`` made, or continues in a spawned process."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping, Optional

from .changes import TooManyChanges
from .checking import check_start, given_reason
from .config import as_params
from .delivery import iso
from .duplicates import DoneBefore
from .forks import open_runs
from .hub import Hub
from .masking import mask_params
from .recording import Recording, this_command, this_script
from .run import WHAT_TO_WRITE, NoHypothesis, Run, folder_for, new_run_id
from .say import say_once
from .seeds import seen_seeds
from .spool import make_folder, now_ms, root_folder, spooled_runs

MOST_PARAMS = 500


def run(
    *, project: Optional[str] = None, hypothesis: Optional[str] = None, experiment: Optional[str] = None, config: Any = None, seed: Any = None, name: Optional[str] = None,
    datasets: Optional[Mapping[str, Any]] = None, defaults: Any = None, because: Optional[str] = None, metric: Optional[str] = None, direction: Optional[str] = None,
    min_effect: Optional[float] = None, tags: Optional[Mapping[str, Any]] = None, model: Any = None, reason: Optional[str] = None, console: bool = True, url: Optional[str] = None, token: Optional[str] = None,
) -> Run:
    """Begins a run and answers it; use it as ``with lemma.run(...) as run:``. The hub hears of it by a thread, and is asked once, for ``$LEMMA_CHECK_SECONDS`` (3) at most, whether it was run before
    and whether it changes several variables at once.

    ``experiment`` is the key of an experiment there is (``VIS-42``); or ``hypothesis`` is a statement in ``project`` (``$LEMMA_PROJECT``), of which the experiment is made where
    there is none. ``because``, ``metric``, ``direction`` (``increase`` or ``decrease``) and ``min_effect`` (in the metric's unit) say more of a new hypothesis.
    ``config`` is a dict, ``argparse.Namespace`` or dataclass: the params. ``seed`` is the param of that name. ``datasets`` maps a role (train, validation, test) to data, as
    ``Run.dataset`` takes it, or to a mapping of names to data. ``defaults`` are params the script has when none are given. ``console`` keeps what is printed.

    ``reason`` says why it is run although it was run before, or changes several variables at once ("replication", or a sentence; ``$LEMMA_REASON``): it is kept with the run.

    Under ``lemma exec`` (``$LEMMA_RUN_ID``) the run that it made is joined: everything goes there, and only ``lemma exec`` ends it.
    Raises ``DoneBefore`` when it repeats an earlier run, the project stops such runs, and no reason is given; ``TooManyChanges`` when it changes several variables at once and the project stops such runs; ``NoHypothesis`` when it is not said what the run tests, ``TypeError`` for a config of another form, ``OSError`` when nothing can be written anywhere.
    """
    params = mask_params(as_params(config))
    if seed is not None:
        params["seed"] = str(seed)
    there = os.environ.get("LEMMA_RUN_ID")
    experiment = experiment or (None if hypothesis else os.environ.get("LEMMA_EXPERIMENT")) or None
    if not there and not hypothesis and not experiment:
        raise NoHypothesis(WHAT_TO_WRITE)
    told: Dict[str, Any] = {}
    if there:
        begun = _join(there, Hub(url, token), params, tags)
    else:
        begun = Run(Hub(url, token), folder_for(new_run_id()), joined=False)
        told = {"project": project or os.environ.get("LEMMA_PROJECT"), "experiment": experiment, "hypothesis": hypothesis, "because": because, "metric": metric, "direction": direction, "minEffect": min_effect, "name": name, "reason": given_reason(reason)}
        parent = next((each.id for each in open_runs() if each is not begun), None)
        first = dict(list(params.items())[:MOST_PARAMS])
        begun.prepare(body_of(begun.id, told, first, tags, parent))
        if len(first) < len(params):
            begun.log_params({key: value for key, value in params.items() if key not in first})
        _waiting_runs(begun)
        begun.record(Recording(this_command(), this_script(), defaults=defaults, seed=seed))
    if model is not None:
        begun.model(model)
    for role, data in (datasets or {}).items():
        for each, content in data.items() if isinstance(data, Mapping) else [(str(role), data)]:
            begun.dataset(str(each), content, role=str(role))
    if not there:
        _start(begun, told, params, console)
    elif defaults is not None or seed is not None:
        begun.keep_part({"seeds": seen_seeds([seed]), **({"defaults": as_params(defaults)} if defaults is not None else {})})
    return begun


def _start(begun: Run, told: Mapping[str, Any], params: Mapping[str, str], console: bool) -> None:
    try:
        check_start(begun, told, params, told["reason"])
    except (DoneBefore, TooManyChanges):
        begun.abandon()
        raise
    begun.send()
    begun.watch(console=console, endings=True)


def body_of(run_id: str, told: Mapping[str, Any], params: Mapping[str, str], tags: Optional[Mapping[str, Any]], parent: Optional[str] = None) -> Dict[str, Any]:
    """The body of ``POST /api/v1/runs``: what is not said is left out."""
    body = {**told, "id": run_id, "params": dict(params), "tags": {str(key): str(value) for key, value in (tags or {}).items()}, "startedAt": iso(now_ms()), "parentRun": parent}
    return {key: value for key, value in body.items() if value is not None}


def _join(run_id: str, hub: Hub, params: Mapping[str, str], tags: Optional[Mapping[str, Any]]) -> Run:
    """The run that another process made. ``$LEMMA_RUN_FOLDER`` is where its spool is; without it, this process sends by itself."""
    begun = next((each for each in open_runs() if each.id == run_id), None)
    if begun is None:
        folder = os.environ.get("LEMMA_RUN_FOLDER") or make_folder(root_folder(), run_id)
        os.makedirs(folder, exist_ok=True)
        begun = Run(hub, folder, joined=True)
        begun.prepare({"id": run_id})
        begun.send()
    if params:
        begun.log_params(dict(params))
    if tags:
        begun.set_tags(tags)
    return begun


def _waiting_runs(begun: Run) -> None:
    waiting = [folder for folder in spooled_runs(os.path.dirname(begun.folder)) if folder not in {each.folder for each in open_runs()}]
    if waiting:
        say_once("%d earlier or other run%s in %s; `lemma sync` sends what is over" % (len(waiting), " is" if len(waiting) == 1 else "s are", os.path.dirname(begun.folder)), "waiting")
