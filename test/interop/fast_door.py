"""Logs the same points to three runs at the fast door, as docs/guides/fast-door.md tells machines to: packed by the guide's own lines, as Arrow by pyarrow, and line by line.

Called with Lemma's address, the guide, and the ids of three runs.
"""
import json
import math
import re
import sys
import urllib.request

import pyarrow as pa

url, guide, packed_run, arrow_run, lines_run = sys.argv[1:]
steps = list(range(1000))
series = {
    "loss": (steps, [1_700_000_000_000 + step for step in steps], [math.exp(-step / 300) for step in steps]),
    "übung/acc": (steps, [1_700_000_000_000 + step for step in steps], [math.nan if step == 500 else 1 - step / 2000 for step in steps]),
}


def send(run, kind, body):
    request = urllib.request.Request(f"{url}/api/v1/runs/{run}/metrics?stream=py&first=1", data=body, headers={"content-type": kind}, method="POST")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


exec(re.search(r"```python\n(.*?)```", open(guide, encoding="utf-8").read(), re.DOTALL).group(1))
first = {key: tuple(column[:400] for column in columns) for key, columns in series.items()}
rest = {key: tuple(column[400:] for column in columns) for key, columns in series.items()}
answers = [send(packed_run, "application/vnd.lemma.columns", frame(first) + frame(rest))]  # noqa: F821: the guide's

rows = [(key, step, timestamp, value) for key, columns in series.items() for step, timestamp, value in zip(*columns)]
key, step, timestamp, value = zip(*rows)
table = pa.table({"key": pa.array(key).dictionary_encode(), "step": pa.array(step, pa.int64()), "timestamp": pa.array(timestamp, pa.timestamp("ms", tz="UTC")), "value": pa.array(value, pa.float64(), from_pandas=False)})
sink = pa.BufferOutputStream()
with pa.ipc.new_stream(sink, table.schema) as writer:
    for batch in table.to_batches(max_chunksize=300):
        writer.write_batch(batch)
answers.append(send(arrow_run, "application/vnd.apache.arrow.stream", sink.getvalue().to_pybytes()))

lines = [json.dumps({"key": each[0], "step": each[1], "timestamp": each[2], "value": "NaN" if math.isnan(each[3]) else each[3]}) for each in rows]
answers.append(send(lines_run, "application/x-ndjson", "\n".join(lines).encode()))
print(json.dumps(answers))
