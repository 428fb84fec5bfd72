"""Makes a history with the unmodified mlflow package, or reads one back: ``make``, ``more``, ``twins`` and ``nested`` write to $MLFLOW_TRACKING_URI, ``tell`` prints everything that is there, as JSON."""

import json
import math
import os
import sys
import tempfile

import mlflow

client = mlflow.MlflowClient()
LONG = "a name that goes on " * 8 + "to its end"


def files(run_id):
    with tempfile.TemporaryDirectory() as folder:
        for path, content in (("plain.txt", b"words\n"), ("tables/data file \xc3\xa9.csv".encode("latin1").decode("utf-8"), b"a,b\n1,2\n"), ("empty", b""), ("deep/er/weights.bin", bytes(range(256)) * 400)):
            place = os.path.join(folder, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(content)
        client.log_artifacts(run_id, folder)


def make():
    experiment = client.create_experiment("cut/mix: näme \"d\" " + LONG, tags={"team": "red\nblue", "mlflow.note.content": "why"})
    parent = client.create_run(experiment, start_time=1_600_000_000_123, run_name="parent: #1 'quoted'", tags={"mlflow.user": "olga", "mlflow.source.git.commit": "a" * 40, "odd/tag name": "two\nlines ü"}).info.run_id
    client.log_batch(parent, params=[mlflow.entities.Param("lr", "0.1"), mlflow.entities.Param("net/depth", "10"), mlflow.entities.Param("empty", "")])
    points = [mlflow.entities.Metric("train/loss", 1.0 / (step + 1), 1_600_000_000_000 + step, step) for step in range(2500)]
    for at in range(0, len(points), 1000):
        client.log_batch(parent, metrics=points[at:at + 1000])
    client.log_metric(parent, "odd metric: é", math.nan, timestamp=1_600_000_000_001, step=-3)
    client.log_metric(parent, "odd metric: é", 2.5, timestamp=1_600_000_000_000, step=7)
    client.log_metric(parent, "limit", math.inf, timestamp=1_600_000_000_000, step=0)
    files(parent)
    for seed in range(3):
        child = client.create_run(experiment, start_time=1_600_000_100_000 + seed, tags={"mlflow.parentRunId": parent, "mlflow.user": "mia"}).info.run_id
        client.log_param(child, "seed", str(seed % 2))
        client.log_param(child, "lr", "0.5")
        client.log_metric(child, "acc", 0.5 + seed, timestamp=1_600_000_100_000, step=1)
        client.set_terminated(child, ["FINISHED", "FAILED", "FINISHED"][seed], end_time=1_600_000_200_000 + seed)
    client.set_terminated(parent, "FINISHED", end_time=1_600_000_300_456)
    gone = client.create_run(experiment, start_time=1_600_000_000_000, run_name="deleted").info.run_id
    client.log_metric(gone, "acc", 1.0, timestamp=1_600_000_000_000, step=0)
    client.set_terminated(gone, "KILLED", end_time=1_600_000_000_999)
    client.delete_run(gone)
    going = client.create_run(experiment, start_time=1_600_000_400_000, run_name="still going").info.run_id
    client.log_metric(going, "acc", 0.1, timestamp=1_600_000_400_000, step=0)
    trashed = client.create_experiment("trashed")
    client.set_terminated(client.create_run(trashed, start_time=1_600_000_000_000, run_name="in the trash").info.run_id, end_time=1_600_000_000_001)
    client.delete_experiment(trashed)


def more():
    """What goes on at the source after a first import."""
    experiment = next(each for each in client.search_experiments() if each.name.startswith("cut/mix"))
    going = next(each for each in client.search_runs([experiment.experiment_id]) if each.info.run_name == "still going").info.run_id
    client.log_metric(going, "acc", 0.9, timestamp=1_600_000_500_000, step=5)
    client.set_tag(going, "late", "yes")
    client.set_terminated(going, end_time=1_600_000_600_000)
    fresh = client.create_run(experiment.experiment_id, start_time=1_600_000_700_000, run_name="fresh").info.run_id
    client.log_param(fresh, "lr", "0.7")
    client.set_terminated(fresh, end_time=1_600_000_800_000)


def twins(name):
    """Two runs that did the same."""
    there = client.get_experiment_by_name(name)
    experiment = there.experiment_id if there else client.create_experiment(name)
    for _ in range(2):
        run = client.create_run(experiment).info.run_id
        client.log_param(run, "lr", "0.5")
        client.set_terminated(run)


def nested(name):
    """As a training logs that leaves its params to the parent: two parents, one param between them, and three children each."""
    mlflow.set_experiment(name)
    for lr in ("0.5", "0.25"):
        with mlflow.start_run():
            mlflow.log_param("lr", lr)
            for fold in range(3):
                with mlflow.start_run(nested=True):
                    mlflow.log_metric("acc", 0.9 + fold / 100)


def number(value):
    """As JSON can say it in any language."""
    return value if math.isfinite(value) else str(value)


def told(run):
    history = {key: sorted([point.step, point.timestamp, str(point.value)] for point in client.get_metric_history(run.info.run_id, key)) for key in run.data.metrics}
    return {
        "name": run.info.run_name, "user": run.info.user_id, "status": run.info.status, "start": run.info.start_time, "end": run.info.end_time, "stage": run.info.lifecycle_stage,
        "params": run.data.params, "tags": {key: value for key, value in run.data.tags.items() if key != "lemma.imported"}, "last": {key: number(value) for key, value in run.data.metrics.items()}, "history": history,
        "files": contents(run.info.run_id, None),
    }


def contents(run_id, folder):
    found = {}
    for each in client.list_artifacts(run_id, folder):
        if each.is_dir:
            found.update(contents(run_id, each.path))
        else:
            with tempfile.TemporaryDirectory() as here, open(client.download_artifacts(run_id, each.path, here), "rb") as file:
                # MLflow's own server leaves a size of 0 out of what it says.
                found[each.path] = [each.file_size or 0, hash_of(file.read())]
    return found


def hash_of(content):
    import hashlib

    return hashlib.sha256(content).hexdigest()


def tell(prefix):
    answer = {}
    for experiment in client.search_experiments(view_type=mlflow.entities.ViewType.ALL):
        if not experiment.name.startswith(prefix) or experiment.name == "Default":
            continue
        runs = client.search_runs([experiment.experiment_id], run_view_type=mlflow.entities.ViewType.ALL)
        tags = {key: value for key, value in experiment.tags.items() if not key.startswith("lemma.")}
        answer[experiment.name[len(prefix):]] = {"stage": experiment.lifecycle_stage, "tags": tags, "runs": {run.info.run_id: told(run) for run in runs}}
    answer.pop("Default", None)
    print(json.dumps(answer))


{"make": make, "more": more, "twins": lambda: twins(sys.argv[2]), "nested": lambda: nested(sys.argv[2]), "tell": lambda: tell(sys.argv[2] if len(sys.argv) > 2 else "")}[sys.argv[1]]()
