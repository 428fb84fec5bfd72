"""Writes the tables beside it, as trainings write them: python write_tables.py, with pyarrow."""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.ipc as ipc
import pyarrow.parquet as parquet

HERE = pathlib.Path(__file__).parent
ROWS = 1_000
table = pa.table({
    "id": pa.array(range(ROWS), pa.int64()),
    "label": pa.array(["cat", "dog", None, "émeu"] * (ROWS // 4)),
    "score": pa.array([row / ROWS for row in range(ROWS)], pa.float64()),
    "seen": pa.array([datetime.datetime(2026, 11, 30, 6, 0, row % 60, tzinfo=datetime.timezone.utc) for row in range(ROWS)], pa.timestamp("us", "UTC")),
    "price": pa.array([decimal.Decimal("1.25")] * ROWS, pa.decimal128(9, 2)),
    "box": pa.array([[row, row + 0.5] for row in range(ROWS)], pa.list_(pa.float32())),
    "at": pa.array([{"x": row, "ok": True} for row in range(ROWS)]),
})
for codec in ("snappy", "zstd", "gzip", "brotli", "lz4"):
    parquet.write_table(table, HERE / ("%s.parquet" % codec), compression=codec, row_group_size=150 if codec == "snappy" else ROWS)
# Many small pages, as a large file has many large ones.
pages = pa.table({"id": pa.array(range(3_000), pa.int64()), "vector": pa.array([[row, row + 0.5] for row in range(3_000)], pa.list_(pa.float32()))})
parquet.write_table(pages, HERE / "pages.parquet", compression="none", use_dictionary=False, data_page_size=2_048, write_batch_size=100)
feather.write_feather(table, str(HERE / "lz4.feather"), compression="lz4")
feather.write_feather(table, str(HERE / "zstd.feather"), compression="zstd")
with ipc.new_stream(str(HERE / "plain.arrows"), table.schema) as writer:
    writer.write_table(table, max_chunksize=300)
with ipc.new_file(str(HERE / "plain.arrow"), table.schema) as writer:
    writer.write_table(table.slice(0, 10))
