"""What one logged step costs the training thread: times the calls a training makes, with mlflow's own client, against the server in MLFLOW_TRACKING_URI.

Prints one line of JSON: microseconds of a call, by what is called."""
import json
import sys
import time

import mlflow

COUNT = int(sys.argv[1])


def times_of(log):
    for step in range(20):
        log(step)
    times = []
    for step in range(20, 20 + COUNT):
        began = time.perf_counter_ns()
        log(step)
        times.append((time.perf_counter_ns() - began) / 1000)
    times.sort()
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}


CALLS = {
    "log_metric": lambda step: mlflow.log_metric("loss", 1 / (step + 1), step=step),
    "log_metrics of 10": lambda step: mlflow.log_metrics({f"metric_{i}": i / (step + 1) for i in range(10)}, step=step),
}

mlflow.set_experiment("training thread")
found = {}
for asynchronous in (False, True):
    mlflow.config.enable_async_logging(asynchronous)
    for name, call in CALLS.items():
        with mlflow.start_run():
            found[f"{name}, {'asynchronous' if asynchronous else 'synchronous'}"] = times_of(call)
            mlflow.flush_async_logging()
print(json.dumps(found))
