"""Every call of the unmodified MLflow client that Lemma promises, on a real training, each read back and compared.

Run with MLFLOW_TRACKING_URI set to a Lemma server. Prints one line a passed section; exits 1 at the first difference.
"""

import json
import math
import os
import sys
import tempfile
import time

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunStatus, RunTag, ViewType
from mlflow.exceptions import MlflowException
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

client = MlflowClient()
SUFFIX = os.environ.get("LEMMA_TEST_SUFFIX", "")


def same(found, expected, what):
    if found != expected and not (isinstance(found, float) and isinstance(expected, float) and math.isnan(found) and math.isnan(expected)):
        raise AssertionError(f"{what}: expected {expected!r}, found {found!r}")


def refuses(code, words, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except MlflowException as problem:
        same(problem.error_code, code, "error code")
        if words not in str(problem):
            raise AssertionError(f"expected {words!r} in {problem}")
        return
    raise AssertionError(f"not refused: {call.__name__} {args} {kwargs}")


def experiments():
    experiment = mlflow.set_experiment(f"vision/cutmix{SUFFIX}")
    same(experiment.name, f"vision/cutmix{SUFFIX}", "name")
    same(experiment.lifecycle_stage, "active", "stage")
    same(mlflow.set_experiment(f"vision/cutmix{SUFFIX}").experiment_id, experiment.experiment_id, "set twice")
    same(mlflow.get_experiment_by_name(f"vision/cutmix{SUFFIX}").experiment_id, experiment.experiment_id, "by name")
    same(mlflow.get_experiment_by_name("no such thing"), None, "unknown name")
    same(mlflow.get_experiment("0").name, "Default", "default")
    bare = mlflow.create_experiment(f"plain{SUFFIX}", tags={"team": "vision", "purpose": "tests"})
    same(mlflow.get_experiment(bare).name, f"plain{SUFFIX}", "bare name")
    same(mlflow.get_experiment(bare).tags, {"team": "vision", "purpose": "tests"}, "tags")
    for odd in [f"Vision Team/Größe × 2{SUFFIX}", f"/Users/me/notebook{SUFFIX}", f"a/b/c{SUFFIX}", f"  blanks {SUFFIX} ", f"視覚/実験{SUFFIX}", f"x'; DROP TABLE runs; --{SUFFIX}", f"<script>alert(1)</script>{SUFFIX}"]:
        made = mlflow.create_experiment(odd)
        same(mlflow.get_experiment(made).name, odd, "round trip of a name")
        same(mlflow.get_experiment_by_name(odd).experiment_id, made, "found by its name")
    refuses("RESOURCE_ALREADY_EXISTS", "already exists", mlflow.create_experiment, f"plain{SUFFIX}")
    refuses("INVALID_PARAMETER_VALUE", "exceeds the maximum length of 500 characters", client.create_experiment, "n" * 501)
    client.rename_experiment(bare, f"renamed{SUFFIX}")
    same(mlflow.get_experiment(bare).name, f"renamed{SUFFIX}", "rename")
    client.set_experiment_tag(bare, "mlflow.note.content", "what this is about")
    same(mlflow.get_experiment(bare).tags["mlflow.note.content"], "what this is about", "note")
    client.set_experiment_tag(bare, "team", "audio")
    same(mlflow.get_experiment(bare).tags["team"], "audio", "tag changed")
    client.delete_experiment_tag(bare, "team")
    same("team" in mlflow.get_experiment(bare).tags, False, "tag deleted")
    names = lambda **how: [each.name for each in mlflow.search_experiments(**how)]
    same(names(filter_string=f"name = 'vision/cutmix{SUFFIX}'"), [f"vision/cutmix{SUFFIX}"], "search by name")
    same(names(filter_string=f"name ILIKE 'RENAMED{SUFFIX}%' AND tags.purpose = 'tests'"), [f"renamed{SUFFIX}"], "search by tag")
    same(f"renamed{SUFFIX}" in names(filter_string="tags.purpose IS NULL"), False, "search by no tag")
    everything = names(order_by=["name DESC"])
    same(everything, sorted(everything, reverse=True), "search ordered")
    first = client.search_experiments(max_results=2, order_by=["experiment_id"])
    second = client.search_experiments(max_results=2, order_by=["experiment_id"], page_token=first.token)
    same(len({each.experiment_id for each in [*first, *second]}), 4, "pages")
    client.delete_experiment(bare)
    same(mlflow.get_experiment(bare).lifecycle_stage, "deleted", "deleted")
    same(f"renamed{SUFFIX}" in names(), False, "deleted is not listed")
    same(f"renamed{SUFFIX}" in names(view_type=ViewType.DELETED_ONLY), True, "deleted is listed among the deleted")
    refuses("INVALID_PARAMETER_VALUE", "must be in the 'active' state", client.create_run, bare)
    client.restore_experiment(bare)
    same(mlflow.get_experiment(bare).lifecycle_stage, "active", "restored")
    refuses("RESOURCE_DOES_NOT_EXIST", "No Experiment with id=987654 exists", mlflow.get_experiment, "987654")
    return experiment.experiment_id


def logging(experiment_id):
    mlflow.set_experiment(experiment_id=experiment_id)
    with mlflow.start_run(run_name="parent", description="a note", tags={"kind": "outer"}) as parent:
        same(parent.info.run_name, "parent", "run name")
        mlflow.log_param("seed", 7)
        same(mlflow.log_param("lr", 0.1), 0.1, "log_param answers the value")
        mlflow.log_param("lr", 0.1)
        refuses("INVALID_PARAMETER_VALUE", "Changing param values is not allowed", mlflow.log_param, "lr", 0.2)
        mlflow.log_params({f"p{index}": index for index in range(150)})
        mlflow.log_param("long", "x" * 7000)
        for step in range(5):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
        mlflow.log_metrics({"acc": 0.5, "auc": 0.75}, step=3)
        mlflow.set_tag("owner", "me")
        mlflow.set_tags({"gone": "soon", "quoted": "it's \"quoted\" \\ ünïcode 視覚"})
        mlflow.delete_tag("gone")
        refuses("RESOURCE_DOES_NOT_EXIST", "No tag with name: gone", mlflow.delete_tag, "gone")
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("loss", 2.0)
    outer = mlflow.get_run(parent.info.run_id)
    same(outer.info.status, "FINISHED", "status")
    same(outer.data.params["seed"], "7", "seed")
    same(outer.data.params["p149"], "149", "params in two batches")
    same(len(outer.data.params["long"]), 6000, "long params are cut, as MLflow does")
    same(outer.data.metrics, {"loss": 0.2, "acc": 0.5, "auc": 0.75}, "last metrics")
    same(outer.data.tags["mlflow.note.content"], "a note", "note")
    same(outer.data.tags["kind"], "outer", "tag at the start")
    same(outer.data.tags["quoted"], "it's \"quoted\" \\ ünïcode 視覚", "tag of odd characters")
    same(outer.info.end_time >= outer.info.start_time, True, "times")
    same(mlflow.get_run(child.info.run_id).data.tags["mlflow.parentRunId"], parent.info.run_id, "nested")
    same(mlflow.get_parent_run(child.info.run_id).info.run_id, parent.info.run_id, "parent run")
    history = client.get_metric_history(parent.info.run_id, "loss")
    same([(each.step, each.value) for each in history], [(step, 1 / (step + 1)) for step in range(5)], "history")
    return parent.info.run_id


def awkward_values(experiment_id):
    run = client.create_run(experiment_id, start_time=1_700_000_000_000, tags={"mlflow.user": "ada"}, run_name="awkward")
    same(run.info.start_time, 1_700_000_000_000, "start time")
    run_id = run.info.run_id
    points = [
        Metric("m", float("nan"), 1, 0), Metric("m", float("inf"), 2, 1), Metric("m", float("-inf"), 3, 2), Metric("m", -0.0, 4, -5),
        Metric("m", 1e-300, 5, 2**53 + 1), Metric("m", 5.0, 1, 3), Metric("m", 4.0, 9_999_999_999_999, 3), Metric("m", 6.0, 9, 3), Metric("slash/and space.x:y-z", 1.0, 1, 0),
    ]
    client.log_batch(run_id, metrics=points)
    client.log_batch(run_id, metrics=points)
    client.log_batch(run_id, metrics=points[:4])
    history = client.get_metric_history(run_id, "m")
    same(len(history), 8, "retries add nothing")
    by_time = {(each.timestamp, each.step): each.value for each in history}
    same(math.isnan(by_time[(1, 0)]), True, "NaN")
    same(by_time[(2, 1)], float("inf"), "infinity")
    same(by_time[(3, 2)], float("-inf"), "minus infinity")
    same(by_time[(5, 2**53 + 1)], 1e-300, "a step beyond 2^53")
    same(client.get_run(run_id).data.metrics["m"], 1e-300, "last is the one of the largest step")
    pages, token = [], None
    while True:
        page = client._tracking_client.store.get_metric_history(run_id, "m", max_results=3, page_token=token)
        pages.extend(page)
        token = page.token
        if not token:
            break
    same([(each.timestamp, each.step) for each in pages], [(each.timestamp, each.step) for each in history], "history in pages")
    client.set_terminated(run_id, "KILLED", end_time=1_700_000_005_000)
    same((client.get_run(run_id).info.status, client.get_run(run_id).info.end_time), ("KILLED", 1_700_000_005_000), "killed")
    client.log_metric(run_id, "late", 1.0)
    same(client.get_run(run_id).data.metrics["late"], 1.0, "logged after the end")
    client.update_run(run_id, status="RUNNING", name="awkward again")
    same((client.get_run(run_id).info.status, client.get_run(run_id).info.run_name, client.get_run(run_id).data.tags["mlflow.runName"]), ("RUNNING", "awkward again", "awkward again"), "resumed and renamed")
    client.log_batch(run_id, params=[Param("a", "1")], tags=[RunTag("b", "2")], metrics=[Metric("c", 3.0, 1, 1)])
    refuses("INVALID_PARAMETER_VALUE", "Params were already logged='[{'key': 'a', 'old_value': '1', 'new_value': '2'}]'", client.log_batch, run_id, params=[Param("a", "2"), Param("z", "1")])
    same("z" in client.get_run(run_id).data.params, False, "nothing half-written")
    refuses("RESOURCE_DOES_NOT_EXIST", "not found", client.log_metric, "0" * 32, "m", 1.0)
    refuses("INVALID_PARAMETER_VALUE", "Names may only contain", client.log_metric, run_id, "bad$name", 1.0)
    refuses("INVALID_PARAMETER_VALUE", "would resolve to", client.log_param, run_id, "../up", 1)
    client.delete_run(run_id)
    same(client.get_run(run_id).info.lifecycle_stage, "deleted", "deleted")
    refuses("INVALID_PARAMETER_VALUE", "must be in the 'active' state", client.log_metric, run_id, "m", 1.0)
    refuses("INVALID_PARAMETER_VALUE", "must be in the 'active' state", client.log_param, run_id, "q", 1.0)
    client.restore_run(run_id)
    client.log_metric(run_id, "m2", 1.0)
    same(client.get_run(run_id).data.metrics["m2"], 1.0, "restored")


def searching(experiment_id):
    search_id = mlflow.create_experiment(f"vision/searching{SUFFIX}")
    for index in range(6):
        with mlflow.start_run(experiment_id=search_id, run_name=f"run-{index}"):
            mlflow.log_params({"aug": "mixup" if index % 2 else "none", "depth": index})
            mlflow.log_metric("acc", index / 10)
            mlflow.set_tag("even", str(index % 2 == 0))
    ids = [search_id]
    names = lambda **how: [each.info.run_name for each in client.search_runs(ids, **how)]
    same(names(filter_string="metrics.acc > 0.25 AND params.aug = 'mixup'", order_by=["metrics.acc DESC"]), ["run-5", "run-3"], "filter and order")
    same(names(filter_string="tags.even = 'True'", order_by=["params.depth ASC"]), ["run-0", "run-2", "run-4"], "tags")
    same(names(filter_string="attributes.run_name LIKE 'run-%' AND attributes.status = 'FINISHED'", order_by=["attributes.run_name DESC"])[0], "run-5", "attributes")
    same(names(filter_string="run_name IN ('run-1', 'run-2')", order_by=["run_name"]), ["run-1", "run-2"], "in")
    first = client.search_runs(ids, order_by=["metrics.acc ASC"], max_results=4)
    second = client.search_runs(ids, order_by=["metrics.acc ASC"], max_results=4, page_token=first.token)
    same([each.info.run_name for each in [*first, *second]], [f"run-{index}" for index in range(6)], "pages")
    same(second.token, None, "the last page has no token")
    frame = mlflow.search_runs(ids, order_by=["metrics.acc DESC"])
    same((len(frame), frame.iloc[0]["metrics.acc"], frame.iloc[0]["params.aug"]), (6, 0.5, "mixup"), "as a data frame")
    client.delete_run(first[0].info.run_id)
    same(len(client.search_runs(ids)), 5, "active only")
    same(names(run_view_type=ViewType.DELETED_ONLY), ["run-0"], "deleted only")
    same(len(client.search_runs(ids, run_view_type=ViewType.ALL)), 6, "all")
    same(len(client.search_runs(ids, filter_string="")), 5, "an empty filter")
    same(list(client.search_runs(["4242424"])), [], "unknown experiments have no runs")
    refuses("INVALID_PARAMETER_VALUE", "", client.search_runs, ids, "metrics.acc > > 1")
    refuses("INVALID_PARAMETER_VALUE", "max_results", client.search_runs, ids, max_results=50_001)


def artifacts(run_id):
    with tempfile.TemporaryDirectory() as folder, mlflow.start_run(run_id=run_id):
        path = os.path.join(folder, "notes ü.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("first line\n" * 1000)
        mlflow.log_artifact(path)
        mlflow.log_artifact(path, "deep/er")
        os.makedirs(os.path.join(folder, "tree", "sub"))
        for name in ["tree/a.bin", "tree/sub/b.bin"]:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(os.urandom(300_000))
        mlflow.log_artifacts(os.path.join(folder, "tree"), "tree")
        mlflow.log_dict({"a": [1, 2, {"b": None}]}, "config/values.json")
        mlflow.log_dict({"a": 1}, "config/values.yaml")
        mlflow.log_text("<h1>hello</h1><script>alert(1)</script>", "page.html")
        figure, axes = plt.subplots()
        axes.plot([1, 2, 3])
        mlflow.log_figure(figure, "plots/line.png")
        plt.close(figure)
        mlflow.log_image(Image.fromarray(np.zeros((8, 8, 3), dtype=np.uint8)), "images/black.png")
        mlflow.log_image(np.full((8, 8, 3), 255, dtype=np.uint8), key="sample", step=3)
        mlflow.log_table({"input": ["a", "b"], "output": ["c", "d"]}, "tables/eval.json")
        mlflow.log_text("", "empty.txt")
        listed = lambda folder=None: {each.path: (each.is_dir, each.file_size) for each in client.list_artifacts(run_id, folder)}
        same(listed()["notes ü.txt"], (False, 11_000), "a file with its size")
        same(listed()["tree"], (True, None), "a folder")
        same(sorted(listed("tree")), ["tree/a.bin", "tree/sub"], "inside a folder")
        same(listed("nothing/here"), {}, "an unknown folder is empty")
        with open(path, encoding="utf-8") as file:
            same(mlflow.artifacts.load_text(f"runs:/{run_id}/notes ü.txt"), file.read(), "text round trip")
        same(mlflow.artifacts.load_text(f"runs:/{run_id}/empty.txt"), "", "empty file")
        same(mlflow.artifacts.load_dict(f"runs:/{run_id}/config/values.json"), {"a": [1, 2, {"b": None}]}, "dict round trip")
        same(mlflow.artifacts.load_image(f"runs:/{run_id}/images/black.png").size, (8, 8), "image round trip")
        same(list(mlflow.load_table("tables/eval.json", run_ids=[run_id])["output"]), ["c", "d"], "table round trip")
        back = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="tree", dst_path=os.path.join(folder, "back"))
        for name in ["a.bin", "sub/b.bin"]:
            with open(os.path.join(back, name), "rb") as found, open(os.path.join(folder, "tree", name), "rb") as sent:
                same(found.read() == sent.read(), True, f"bytes of {name}")
        everything = mlflow.artifacts.download_artifacts(run_id=run_id, dst_path=os.path.join(folder, "all"))
        same(os.path.exists(os.path.join(everything, "plots", "line.png")), True, "the whole run")
        mlflow.log_text("second", "notes.txt")
        mlflow.log_text("third", "notes.txt")
        same(mlflow.artifacts.load_text(f"runs:/{run_id}/notes.txt"), "third", "replaced")
        from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

        repository = get_artifact_repository(mlflow.get_run(run_id).info.artifact_uri)
        repository.delete_artifacts("tree")
        same("tree" in listed(), False, "a folder deleted")


def datasets(run_id):
    frame = pd.DataFrame({"x": [1.0, 2.0], "y": [0, 1]})
    dataset = mlflow.data.from_pandas(frame, source="https://example.org/data.csv", name="toy", targets="y")
    with mlflow.start_run(run_id=run_id):
        mlflow.log_input(dataset, context="training", tags={"split": "a"})
        mlflow.log_input(dataset, context="training")
        mlflow.log_inputs([mlflow.data.from_numpy(np.zeros(3), name="zeros")], ["validation"], [{}])
    inputs = {each.dataset.name: each for each in mlflow.get_run(run_id).inputs.dataset_inputs}
    same(sorted(inputs), ["toy", "zeros"], "datasets, each once")
    same(inputs["toy"].dataset.digest, dataset.digest, "digest")
    same(json.loads(inputs["toy"].dataset.source)["url"], "https://example.org/data.csv", "source")
    same({tag.key: tag.value for tag in inputs["toy"].tags}, {"mlflow.data.context": "training", "split": "a"}, "role")
    same(mlflow.data.get_source(inputs["toy"]).url, "https://example.org/data.csv", "source object")
    found = client.search_runs([mlflow.get_run(run_id).info.experiment_id], filter_string="datasets.name = 'toy'")
    same([each.info.run_id for each in found], [run_id], "search by dataset")


def training(experiment_id):
    data = load_digits()
    parts = train_test_split(data.data / 16, data.target, test_size=0.3, random_state=0)
    mlflow.set_experiment(experiment_id=experiment_id)
    mlflow.sklearn.autolog(silent=True)
    with mlflow.start_run(run_name="autologged") as run:
        model = LogisticRegression(C=0.5, max_iter=200, random_state=3).fit(parts[0], parts[2])
        score = model.score(parts[1], parts[3])
    mlflow.sklearn.autolog(disable=True)
    logged = mlflow.get_run(run.info.run_id)
    same(logged.data.params["C"], "0.5", "autologged param")
    same(logged.data.params["random_state"], "3", "autologged seed")
    same("training_accuracy_score" in logged.data.metrics, True, "autologged metric")
    outputs = logged.outputs.model_outputs
    same(len(outputs), 1, "a model came out")
    model_id = outputs[0].model_id
    record = mlflow.get_logged_model(model_id)
    same((record.status.value if hasattr(record.status, "value") else str(record.status), record.source_run_id), ("READY", run.info.run_id), "the logged model")
    same("training_accuracy_score" in {metric.key for metric in record.metrics}, True, "its metrics")
    loaded = mlflow.sklearn.load_model(f"models:/{model_id}")
    same(float(loaded.score(parts[1], parts[3])), float(score), "the model comes back and predicts the same")
    same(float(mlflow.pyfunc.load_model(record.model_uri).predict(parts[1][:1])[0]), float(model.predict(parts[1][:1])[0]), "as pyfunc")
    found = mlflow.search_logged_models([experiment_id], filter_string="params.C = '0.5' AND metrics.training_accuracy_score > 0.5", output_format="list")
    same([each.model_id for each in found], [model_id], "search of logged models")
    best = mlflow.search_logged_models([experiment_id], order_by=[{"field_name": "metrics.training_accuracy_score", "ascending": False}], max_results=1, output_format="list")
    same(best[0].model_id, model_id, "the best logged model")
    mlflow.set_logged_model_tags(model_id, {"stage": "candidate", "drop": "me"})
    mlflow.delete_logged_model_tag(model_id, "drop")
    same({key: value for key, value in mlflow.get_logged_model(model_id).tags.items() if key in {"stage", "drop"}}, {"stage": "candidate"}, "tags of the model")
    refuses("RESOURCE_DOES_NOT_EXIST", "No tag with key 'drop'", mlflow.delete_logged_model_tag, model_id, "drop")
    made = mlflow.initialize_logged_model(name="by-hand", source_run_id=run.info.run_id, params={"a": "1"}, model_type="agent")
    mlflow.log_model_params({"b": "2"}, made.model_id)
    finished = mlflow.finalize_logged_model(made.model_id, "READY")
    same((finished.name, dict(finished.params), finished.model_type), ("by-hand", {"a": "1", "b": "2"}, "agent"), "a model made by hand")
    client.log_metric(run.info.run_id, "f1", 0.25, step=2, model_id=made.model_id)
    same([(each.key, each.value, each.step) for each in mlflow.get_logged_model(made.model_id).metrics], [("f1", 0.25, 2)], "a metric of a model")
    client.delete_logged_model(made.model_id)
    refuses("RESOURCE_DOES_NOT_EXIST", "not found", mlflow.get_logged_model, made.model_id)
    with mlflow.start_run(experiment_id=experiment_id, run_name="explicit model"):
        info = mlflow.sklearn.log_model(model, name="classifier", input_example=parts[1][:2], pip_requirements=["scikit-learn"])
    same(mlflow.sklearn.load_model(info.model_uri).coef_.shape, model.coef_.shape, "log_model")
    return run.info.run_id, record


def registry(run_id, record):
    name = f"digits{SUFFIX}"
    version = mlflow.register_model(record.model_uri, name, tags={"why": "test"})
    same((version.name, version.version, version.status), (name, "1" if isinstance(version.version, str) else 1, "READY"), "registered")
    second = mlflow.register_model(record.model_uri, name)
    same(str(second.version), "2", "second version")
    refuses("RESOURCE_ALREADY_EXISTS", "already exists", client.create_registered_model, name)
    client.update_registered_model(name, "what it is for")
    client.set_registered_model_tag(name, "task", "digits")
    client.set_registered_model_alias(name, "champion", "1")
    found = client.get_registered_model(name)
    same((found.description, found.tags, {key: str(value) for key, value in found.aliases.items()}), ("what it is for", {"task": "digits"}, {"champion": "1"}), "the registered model")
    champion = client.get_model_version_by_alias(name, "champion")
    same((str(champion.version), champion.run_id, champion.tags, champion.aliases), ("1", run_id, {"why": "test"}, ["champion"]), "by alias")
    same(mlflow.sklearn.load_model(f"models:/{name}@champion").classes_.tolist(), list(range(10)), "loaded by alias")
    same(mlflow.sklearn.load_model(f"models:/{name}/2").classes_.tolist(), list(range(10)), "loaded by version")
    client.update_model_version(name, "2", "better")
    client.set_model_version_tag(name, "2", "checked", "yes")
    same((client.get_model_version(name, "2").description, client.get_model_version(name, "2").tags), ("better", {"checked": "yes"}), "the version")
    client.delete_model_version_tag(name, "2", "checked")
    same(client.get_model_version(name, "2").tags, {}, "version tag deleted")
    same([str(each.version) for each in client.search_model_versions(f"name = '{name}'", order_by=["version_number ASC"])], ["1", "2"], "search of versions")
    same([each.name for each in client.search_registered_models(f"name LIKE 'digits%' AND tags.task = 'digits'") if each.name == name], [name], "search of models")
    client.transition_model_version_stage(name, "2", "Production", archive_existing_versions=True)
    same([str(each.version) for each in client.get_latest_versions(name, ["Production"])], ["2"], "stages")
    same(client.get_model_version_download_uri(name, "1").startswith(("mlflow-artifacts:", "models:")), True, "where its files are")
    client.delete_registered_model_alias(name, "champion")
    refuses("INVALID_PARAMETER_VALUE", "alias champion not found", client.get_model_version_by_alias, name, "champion")
    client.delete_registered_model_tag(name, "task")
    client.delete_model_version(name, "1")
    refuses("RESOURCE_DOES_NOT_EXIST", "not found", client.get_model_version, name, "1")
    client.rename_registered_model(name, f"{name}-renamed")
    client.delete_registered_model(f"{name}-renamed")
    refuses("RESOURCE_DOES_NOT_EXIST", "not found", client.get_registered_model, name)


def hypothesis_in_tags():
    base = mlflow.set_experiment(f"vision/base{SUFFIX}")
    experiment = mlflow.set_experiment(f"vision/planned{SUFFIX}")
    client.set_experiment_tag(experiment.experiment_id, "lemma.metric", "val_acc")
    client.set_experiment_tag(experiment.experiment_id, "lemma.hypothesis", "CutMix raises validation accuracy")
    with mlflow.start_run(tags={"lemma.because": "it regularizes", "lemma.direction": "increase", "lemma.min_effect": "0.01", "lemma.change": "use CutMix"}):
        mlflow.log_param("seed", 1)
    refuses("INVALID_PARAMETER_VALUE", "increase", client.set_experiment_tag, experiment.experiment_id, "lemma.direction", "sideways")
    refuses("RESOURCE_DOES_NOT_EXIST", "", client.set_experiment_tag, experiment.experiment_id, "lemma.parent", "ZZZ-999")
    return base, experiment


def section(name, call, *args):
    started = time.monotonic()
    result = call(*args)
    print(f"ok {name} {time.monotonic() - started:.1f} s", flush=True)
    return result


if __name__ == "__main__":
    experiment_id = section("experiments", experiments)
    run_id = section("logging", logging, experiment_id)
    section("awkward values", awkward_values, experiment_id)
    section("searching", searching, experiment_id)
    section("artifacts", artifacts, run_id)
    section("datasets", datasets, run_id)
    trained = section("training", training, experiment_id)
    section("registry", registry, *trained)
    section("hypothesis in tags", hypothesis_in_tags)
    print(json.dumps({"experiment": experiment_id, "run": run_id, "trained": trained[0], "mlflow": mlflow.__version__, "python": sys.version.split()[0]}))
