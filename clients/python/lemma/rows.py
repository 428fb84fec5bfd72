"""The rows of a table as values, whatever file or frame they stand in, so that data that was only written otherwise is known again.

A row is its fields by name, in the order of the names; a field is a number where it reads as one, else a text. Missing values are the empty text. So
``0.10`` in a CSV, ``0.1`` in JSON lines and a float in a frame are one value; the order of rows counts, that of columns does not.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import math
import struct
import sys
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

MOST_BYTES = 64 * 1024 * 1024
MOST_CELLS = 5_000_000
MOST_KEPT = 500_000
MOST_SKETCHED = 200
MOST_SAMPLED = 20_000
BLOCK = 4_096
Row = Sequence[Any]


class Cells:
    """The cells of a column: of which kinds they are, and how the numbers lie. Count, extremes and mean are of all numbers, the quantiles of at most 20,000 that stand at equal distances."""

    def __init__(self) -> None:
        self.kinds: set = set()
        self._count = 0
        self._missing = 0
        self._low = math.inf
        self._high = -math.inf
        self._mean = 0.0
        self._sample: List[float] = []
        self._step = 1
        self._place = 0

    def add(self, cells: List[str]) -> None:
        """Many at once, as canonical texts: one by one they would take as long as reading the table does."""
        self._missing += cells.count("")
        try:
            numbers = [float(cell) for cell in cells if cell]
        except ValueError:
            self.kinds.update(map(_kind, cells))
            return
        self.kinds.update(["integer" if cell.lstrip("-").isdigit() else "number" for cell in cells if cell])
        if not math.isfinite(sum(numbers)):
            numbers = [number for number in numbers if math.isfinite(number)]
        if numbers:
            self._lie(numbers)

    def _lie(self, numbers: List[float]) -> None:
        self._low = min(self._low, min(numbers))
        self._high = max(self._high, max(numbers))
        self._count += len(numbers)
        self._mean += sum(number / self._count for number in numbers) - self._mean * (len(numbers) / self._count)
        self._sample.extend(numbers[self._place::self._step])
        self._place = (self._place - len(numbers)) % self._step
        while len(self._sample) > MOST_SAMPLED:
            # The next one that is kept stands at a multiple of the new distance.
            self._place += self._step if len(self._sample) % 2 else 0
            self._sample = self._sample[::2]
            self._step *= 2

    def sketch(self) -> Optional[Dict[str, Any]]:
        """Count, missing, min, max, mean and the quantiles at 5, 25, 50, 75 and 95 %; None where not all of it are numbers."""
        if not self._count or _type(self.kinds) not in ("integer", "number"):
            return None
        ordered = sorted(self._sample)
        quantiles = [ordered[int(share * (len(ordered) - 1) + 0.5)] for share in (0.05, 0.25, 0.5, 0.75, 0.95)]
        # Rounding must not carry the mean out of the numbers.
        mean = min(self._high, max(self._low, self._mean))
        return {"count": self._count, "missing": self._missing, "min": self._low, "max": self._high, "mean": mean, "quantiles": quantiles}


class Table:
    """What was read of a table: number of rows, columns with a type each, how their numbers lie, ``meaning`` (hex), and a short digest of each row of the first half million."""

    def __init__(self, names: Sequence[str], rows: Iterable[Row]) -> None:
        """Reads all rows. Raises ``ValueError`` when there are more than five million cells."""
        order = sorted(range(len(names)), key=lambda at: str(names[at]))
        digest = hashlib.sha256(json.dumps([str(names[at]) for at in order]).encode())
        self.count = 0
        self.row_digests: List[bytes] = []
        columns = [Cells() for _ in names]
        block: List[List[str]] = []
        for row in rows:
            if self.count * max(1, len(names)) > MOST_CELLS:
                raise ValueError("more than five million cells")
            values = [canonical(row[at]) if at < len(row) else "" for at in order]
            block.append(values)
            if len(block) == BLOCK:
                _add(columns, order, block)
                block = []
            text = "\x1f".join(values).encode("utf-8", "surrogatepass")
            digest.update(text + b"\x1e")
            if self.count < MOST_KEPT:
                self.row_digests.append(hashlib.blake2b(text, digest_size=8).digest())
            self.count += 1
        _add(columns, order, block)
        self.meaning = digest.hexdigest()
        self.columns = [{"name": str(name)[:250], "type": _type(column.kinds)} for name, column in zip(names, columns)]
        sketches = [(str(name)[:250], column.sketch()) for name, column in zip(names, columns[:MOST_SKETCHED])]
        self.sketch = {name: each for name, each in sketches if each is not None}


def _add(columns: List[Cells], order: List[int], block: List[List[str]]) -> None:
    for at, cells in zip(order, zip(*block)):
        columns[at].add(list(cells))


def canonical(value: Any) -> str:
    """A field as text that is equal for equal values: ``1``, ``1.0``, ``"1e0"`` and ``True`` of a frame or JSON is not 1 but ``true``."""
    if value is None:
        return ""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return "true" if value else "false"
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "backslashreplace")
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, sort_keys=True, default=str)
    try:
        return _of_number(int(value) if hasattr(value, "__index__") else float(value))
    except (TypeError, ValueError, OverflowError):
        return str(value)


def _of_text(text: str) -> str:
    stripped = text.strip()
    lowered = stripped.lower()
    if lowered in ("true", "false"):
        return lowered
    if lowered in ("nan", "null", "none", "na", ""):
        return "" if lowered != "none" else lowered
    # Not every digit of every script: what Python's float takes, but no underscores, and no ids that begin with zeros.
    if lowered[0] in "+-.0123456789" and "_" not in lowered and not (len(stripped) > 1 and stripped[0] == "0" and stripped[1].isdigit()):
        try:
            return _of_number(int(stripped) if stripped.lstrip("+-").isdigit() else float(stripped))
        except ValueError:
            pass
    return text


def _of_number(value: Any) -> str:
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        if math.isfinite(value) and value == int(value) and abs(value) < 2 ** 53:
            value = int(value)
    return repr(value)


def _kind(value: str) -> str:
    if value == "":
        return ""
    if value in ("true", "false"):
        return "boolean"
    try:
        float(value)
    except ValueError:
        return "text"
    return "integer" if value.lstrip("-").isdigit() else "number"


def _type(kinds: set) -> str:
    kinds = kinds - {""}
    if not kinds:
        return "empty"
    if kinds <= {"integer", "number"}:
        return "number" if "number" in kinds else "integer"
    return kinds.pop() if len(kinds) == 1 else "text"


def table_of_file(path: str) -> Optional[Table]:
    """The table in a CSV, TSV, JSONL or NPY file of at most 64 MB; None where this cannot read its form. Raises ``OSError``."""
    lowered = path.lower()
    try:
        if lowered.endswith(".npy"):
            with open(path, "rb") as file:
                return _npy(file.read(MOST_BYTES))
        with open(path, encoding="utf-8-sig", newline="") as file:
            if lowered.endswith((".csv", ".tsv")):
                return _csv(file, "\t" if lowered.endswith(".tsv") else ",")
            if lowered.endswith((".jsonl", ".ndjson")):
                return _jsonl(file)
    except (ValueError, csv.Error, struct.error, SyntaxError, KeyError, IndexError, OverflowError):
        return None
    return None


def _csv(file: Iterable[str], delimiter: str) -> Optional[Table]:
    rows = csv.reader(file, delimiter=delimiter)
    names = next(rows, None)
    return None if names is None else Table(names, (row for row in rows if row))


def _jsonl(file: Iterable[str]) -> Optional[Table]:
    objects = [json.loads(line) for line in file if line.strip()]
    if not objects:
        return None
    if all(isinstance(each, dict) for each in objects):
        names = sorted({name for each in objects for name in each})
        return Table(names, ([each.get(name) for name in names] for each in objects))
    if all(isinstance(each, list) for each in objects):
        names = [str(at) for at in range(max(len(each) for each in objects))]
        return Table(names, objects)
    return None


NPY_TYPES = {"f8": "d", "f4": "f", "f2": "e", "i8": "q", "i4": "i", "i2": "h", "i1": "b", "u8": "Q", "u4": "I", "u2": "H", "u1": "B", "b1": "?"}


def _npy(data: bytes) -> Optional[Table]:
    """NumPy's own format, versions 1 to 3: numpy.lib.format."""
    if data[:6] != b"\x93NUMPY":
        return None
    wide = data[6] >= 2
    length = struct.unpack_from("<I" if wide else "<H", data, 8)[0]
    start = (12 if wide else 10) + length
    header = ast.literal_eval(data[start - length:start].decode("latin-1" if data[6] < 3 else "utf-8"))
    kind = NPY_TYPES.get(header["descr"][1:]) if isinstance(header["descr"], str) else None
    shape: Tuple[int, ...] = header["shape"]
    if kind is None or not 1 <= len(shape) <= 2 or (header["fortran_order"] and len(shape) == 2):
        return None
    width = shape[1] if len(shape) == 2 else 1
    row = struct.Struct((">" if header["descr"][0] == ">" else "<") + "%d%s" % (width, kind))
    if width == 0 or len(data) < start + row.size * shape[0]:
        return None
    return Table([str(at) for at in range(width)], row.iter_unpack(data[start:start + row.size * shape[0]]))


def table_of_array(array: Any) -> Optional[Table]:
    """The table of a NumPy array of one or two dimensions and at most five million cells; None for others."""
    if not 1 <= array.ndim <= 2 or array.size > MOST_CELLS or array.dtype.kind not in "biufSU":
        return None
    width = array.shape[1] if array.ndim == 2 else 1
    return Table([str(at) for at in range(width)], (row if array.ndim == 2 else (row,) for row in array.tolist()))


def table_of_frame(frame: Any) -> Optional[Table]:
    """The table of a pandas or polars frame of at most five million cells, its index aside; None for larger ones."""
    if frame.shape[0] * max(1, frame.shape[1]) > MOST_CELLS:
        return None
    names = [str(name) for name in frame.columns]
    return Table(names, _pandas_rows(frame) if _is_pandas(frame) else frame.iter_rows())


def _pandas_rows(frame: Any) -> Iterator[Row]:
    missing = frame.isna().to_numpy() if hasattr(frame, "isna") else None
    for at, row in enumerate(frame.itertuples(index=False, name=None)):
        yield row if missing is None or not missing[at].any() else [None if gone else value for value, gone in zip(row, missing[at])]


def _is_pandas(frame: Any) -> bool:
    return type(frame).__module__.split(".")[0] == "pandas"


def is_frame(data: Any) -> bool:
    """Whether it is a pandas or polars frame; imports neither."""
    return type(data).__name__ == "DataFrame" and type(data).__module__.split(".")[0] in ("pandas", "polars")


def is_array(data: Any) -> bool:
    """Whether it is a NumPy array; does not import it."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(data, numpy.ndarray)


def shared(one: Dict[bytes, int], other: Sequence[bytes]) -> int:
    """How many of the other's rows stand in the one."""
    return sum(1 for row in other if row in one)
