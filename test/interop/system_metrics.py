"""Two runs that the unmodified client monitors the machine of, as its users ask for it. Prints their ids and what the client itself reads back.

Run with MLFLOW_TRACKING_URI set to a Lemma server.
"""

import json
import time

import mlflow

PATIENCE_S = 90
mlflow.set_system_metrics_sampling_interval(0.2)
client = mlflow.MlflowClient()


def train(run_id):
    """Logs a curve until the monitor, which is a thread of this process, has logged at least three times beside it."""
    until = time.monotonic() + PATIENCE_S
    step = 0
    while time.monotonic() < until:
        mlflow.log_metric("loss", 1 / (1 + step), step=step)
        step += 1
        measured = [key for key in client.get_run(run_id).data.metrics if key.endswith("cpu_utilization_percentage")]
        if measured and len(client.get_metric_history(run_id, measured[0])) >= 3:
            return
        time.sleep(0.1)
    raise AssertionError(f"the monitor logged nothing in {PATIENCE_S} seconds")


def told(run):
    return {"run": run.info.run_id, "metrics": sorted(client.get_run(run.info.run_id).data.metrics)}


mlflow.set_experiment("monitor/machines")
with mlflow.start_run(log_system_metrics=True) as alone:
    train(alone.info.run_id)

mlflow.enable_system_metrics_logging()
mlflow.set_system_metrics_node_id("node_1")
with mlflow.start_run() as one_of_many:
    train(one_of_many.info.run_id)

print(json.dumps([told(alone), told(one_of_many)]))
