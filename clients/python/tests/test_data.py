import json
import os
import struct
import sys
import threading
import time
import unittest

import lemma
from lemma import datasets, seeds
from lemma.datasets import of_path
from lemma.meaning import functions_of, meaning_of_python
from lemma.rows import Cells, table_of_file

from .place import InAPlace

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None


class MeaningTest(unittest.TestCase):
    SOURCE = 'class Trainer:\n    def fit(self, lr=0.1):\n        return lr * 2\n'

    def test_comments_docstrings_and_layout_change_nothing(self):
        same = '"""What it is."""\n# A comment.\nclass Trainer:\n    """More."""\n\n    def fit( self, lr = 1e-1 ):  # here\n        "Fits."\n        return (lr *\n            2)\n'
        self.assertEqual(meaning_of_python(self.SOURCE), meaning_of_python(same))
        self.assertEqual(functions_of(self.SOURCE), functions_of(same))

    def test_a_change_of_the_code_changes_it_and_names_the_function(self):
        other = self.SOURCE.replace("* 2", "* 3") + "def more(): pass\n"
        self.assertNotEqual(meaning_of_python(self.SOURCE), meaning_of_python(other))
        self.assertEqual(set(functions_of(other)), {"Trainer.fit", "more"})
        self.assertNotEqual(functions_of(self.SOURCE)["Trainer.fit"], functions_of(other)["Trainer.fit"])

    def test_types_of_constants_count(self):
        self.assertNotEqual(meaning_of_python("x = 1"), meaning_of_python("x = 1.0"))
        self.assertNotEqual(meaning_of_python("x = 1"), meaning_of_python("x = True"))

    def test_all_versions_of_python_agree(self):
        self.assertEqual(meaning_of_python(self.SOURCE), "c221382f040fbb483ea36179448b343769e4d7fc4282136bdecb1a7ddb059a37")

    def test_what_does_not_parse_has_no_meaning(self):
        self.assertIsNone(meaning_of_python("print 'two'"))
        self.assertIsNone(meaning_of_python(b"\0"))
        self.assertIsNone(meaning_of_python("x = " + "(" * 5000 + ")" * 5000))


class DatasetTest(InAPlace):
    def entry(self, path, role="train"):
        return of_path("d", path, role, None)[0]

    def test_data_that_was_only_written_otherwise_means_the_same(self):
        rows = [{"x": 0.1, "n": 1, "label": "cat", "ok": True, "gone": None}, {"x": 1e-3, "n": 20, "label": "dog, big", "ok": False, "gone": None}]
        forms = {
            "a.csv": 'x,n,label,ok,gone\n0.10,1,cat,true,\n0.001,20,"dog, big",False,\n', "windows.csv": '\ufeffx,n,label,ok,gone\r\n.1,1.0,cat,True,NaN\r\n1e-3,20,"dog, big",false,null\r\n',
            "order.csv": 'label,x,n,gone,ok\ncat,0.1,1,,true\n"dog, big",0.001,20,,false\n', "a.tsv": "x\tn\tlabel\tok\tgone\n0.1\t1\tcat\ttrue\t\n0.001\t20\tdog, big\tfalse\t\n",
            "a.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        }
        entries = [self.entry(self.write(name, text)) for name, text in forms.items()]
        self.assertEqual(len({entry["meaning"] for entry in entries}), 1)
        self.assertEqual(len({entry["digest"] for entry in entries}), len(forms))
        self.assertEqual({entry["rows"] for entry in entries}, {2})
        self.assertEqual({column["name"]: column["type"] for column in entries[0]["columns"]}, {"x": "number", "n": "integer", "label": "text", "ok": "boolean", "gone": "empty"})

    def test_how_the_numbers_of_a_column_lie(self):
        text = "label,x,huge,late\n" + "".join("%s,%s,1e999,%s\n" % ("abc"[at % 3], "" if at == 7 else at, at if at > 90 else "") for at in range(101))
        sketch = json.loads(self.entry(self.write("a.csv", text))["profile"])["sketch"]
        self.assertEqual(set(sketch), {"x", "late"})
        self.assertEqual({key: sketch["x"][key] for key in ("count", "missing", "min", "max")}, {"count": 100, "missing": 1, "min": 0.0, "max": 100.0})
        self.assertAlmostEqual(sketch["x"]["mean"], 50.43)
        self.assertEqual((sketch["late"]["count"], sketch["late"]["missing"]), (10, 91))
        for quantile, real in zip(sketch["x"]["quantiles"], (5, 25, 50, 75, 95)):
            self.assertAlmostEqual(quantile, real, delta=1)

    def test_the_quantiles_of_a_long_column_are_near_the_real_ones(self):
        cells = Cells()
        for start in range(0, 150_000, 1_000):
            cells.add([str(at * 7_919 % 150_000) for at in range(start, start + 1_000)])
        sketch = cells.sketch()
        self.assertEqual((sketch["count"], sketch["min"], sketch["max"]), (150_000, 0.0, 149_999.0))
        for quantile, share in zip(sketch["quantiles"], (0.05, 0.25, 0.5, 0.75, 0.95)):
            self.assertAlmostEqual(quantile / 150_000, share, delta=0.01)

    def test_a_changed_value_a_changed_order_of_rows_and_a_renamed_column_count(self):
        meanings = {table_of_file(self.write("d%d.csv" % at, text)).meaning for at, text in enumerate(("a,b\n1,2\n3,4\n", "a,b\n1,2\n3,5\n", "a,b\n3,4\n1,2\n", "a,c\n1,2\n3,4\n", "a,b\n1,2\n", "a,b\n01,2\n3,4\n"))}
        self.assertEqual(len(meanings), 6)

    def test_what_it_cannot_read_has_a_digest_and_no_meaning(self):
        for name, text in (("a.bin", "x"), ("a.jsonl", "{not json\n"), ("a.npy", "no"), ("empty.csv", "")):
            self.assertNotIn("meaning", self.entry(self.write(name, text)))

    def test_folders_and_globs_are_known_by_names_and_contents(self):
        self.write("one/a.txt", "1")
        self.write("one/deep/b.txt", "2")
        self.write("two/a.txt", "1")
        self.write("two/deep/b.txt", "2")
        self.assertEqual(self.entry("one")["digest"], self.entry("two")["digest"])
        self.assertEqual(self.entry("one/**/*.txt")["profile"], '{"files": 2}')
        os.rename("two/a.txt", "two/c.txt")
        self.assertNotEqual(self.entry("one")["digest"], self.entry("two")["digest"])
        with self.assertRaises(FileNotFoundError):
            self.entry("none/*.csv")

    def test_a_loop_of_links_ends(self):
        self.write("data/a.txt", "1")
        os.symlink("..", os.path.join(self.folder, "data", "loop"))
        os.makedirs("data/deep")
        os.symlink("../deep", os.path.join(self.folder, "data", "deep", "again"))
        os.symlink("self", os.path.join(self.folder, "data", "self"))
        self.assertEqual(self.entry("data")["profile"], '{"files": 2}')

    def test_a_folder_with_a_name_that_is_not_utf8(self):
        os.makedirs(b"data/caf\xe9")
        with open(b"data/caf\xe9/x", "wb") as file:
            file.write(b"1")
        self.assertEqual(self.entry("data")["bytes"], 1)

    def test_data_that_changes_while_it_is_hashed_is_hashed_again_and_then_unstable(self):
        path, real = self.write("a.txt", "1"), datasets._digest_of
        changes = [1]

        def changing(file):
            digest = real(file)
            if changes[0] > 0:
                changes[0] -= 1
                with open(path, "a", encoding="utf-8") as more:
                    more.write("more")
            return digest

        datasets._digest_of = changing
        try:
            self.assertEqual(self.entry(path)["profile"], '{"files": 1}')
            changes[0] = 2
            self.assertEqual(self.entry(path)["profile"], '{"files": 1, "unstable": true}')
        finally:
            datasets._digest_of = real

    def test_rows_in_two_roles_are_found_and_said(self):
        self.write("train.csv", "a,b\n1,2\n3,4\n5,6\n")
        self.write("test.csv", "a,b\n3,4.0\n7,8\n")
        self.write("a/one.png", "same")
        self.write("b/two.png", "same")
        with lemma.run(project="v", hypothesis="H", console=False, datasets={"train": "train.csv", "test": "test.csv"}) as run:
            run.dataset("pictures", "a", role="train")
            run.dataset("pictures", "b", role="validation")
        tags = self.hub.only["tags"]
        self.assertEqual(tags["lemma.data.overlap.train.test"], "1 of 2 rows or files of test (test) are in train (train) too")
        self.assertEqual(tags["lemma.data.overlap.train.validation"], "1 of 1 rows or files of pictures (validation) are in pictures (train) too")
        self.assertEqual([(each["name"], each["role"]) for each in self.hub.only["datasets"]], [("train", "train"), ("test", "test"), ("pictures", "train"), ("pictures", "validation")])

    def test_an_npy_file_means_what_its_numbers_mean(self):
        header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }".ljust(117) + "\n"
        content = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + struct.pack("<4d", 1, 2, 3, 4.5)
        with open("a.npy", "wb") as file:
            file.write(content)
        self.write("a.csv", "0,1\n1,2\n3,4.5\n")
        self.assertEqual(self.entry("a.npy")["meaning"], self.entry("a.csv")["meaning"])

    @unittest.skipIf(numpy is None, "NumPy is not installed")
    def test_arrays(self):
        array = numpy.array([[1.0, 2.0], [3.0, 4.5]])
        numpy.save("a.npy", array)
        one = datasets.of_array("d", array, "train", None)[0]
        self.assertEqual((one["meaning"], one["rows"], one["bytes"]), (self.entry("a.npy")["meaning"], 2, 32))
        self.assertEqual(one["digest"], datasets.of_array("d", array.T.copy().T, "train", None)[0]["digest"])
        self.assertNotEqual(one["digest"], datasets.of_array("d", array.astype("float32"), "train", None)[0]["digest"])
        for odd in (numpy.zeros((0, 3)), numpy.array(3), numpy.zeros((2, 2, 2)), numpy.array([object()]), numpy.array(["a"])):
            datasets.of_array("d", odd, "train", None)

    @unittest.skipIf(pandas is None, "pandas is not installed")
    def test_frames(self):
        self.write("a.csv", "x,label,gone\n0.5,cat,\n1,dog,3\n")
        frame = pandas.read_csv("a.csv")
        entry = datasets.of_frame("d", frame, "train", None)[0]
        self.assertEqual(entry["meaning"], self.entry("a.csv")["meaning"])
        self.assertEqual((entry["rows"], [column["name"] for column in entry["columns"]]), (2, ["x", "label", "gone"]))


class SeedTest(unittest.TestCase):
    def test_a_fresh_generator_tells_its_seed(self):
        import random

        state = random.getstate()
        try:
            random.seed(1337)
            self.assertEqual(seeds.seen_seeds()["python"], "1337")
            random.seed(987654)
            self.assertEqual(seeds.seen_seeds([987654])["python"], "987654")
            random.random()
            self.assertTrue(seeds.seen_seeds([987654])["python"].startswith("state:"))
        finally:
            random.setstate(state)

    @unittest.skipIf(numpy is None, "NumPy is not installed")
    def test_numpy_tells_any_seed(self):
        numpy.random.seed(424_242)
        self.assertEqual(seeds.seen_seeds()["numpy"], "424242")

    def test_nothing_is_imported_for_it(self):
        before = set(sys.modules)
        seeds.seen_seeds()
        self.assertEqual({name for name in set(sys.modules) - before if name.split(".")[0] in ("torch", "tensorflow", "jax", "numpy")}, set())


class SpeedTest(InAPlace):
    def test_training_begins_before_anything_is_hashed(self):
        held = threading.Event()
        real = datasets._digest_of
        datasets._digest_of = lambda path: held.wait(30) and real(path) or real(path)
        try:
            with lemma.run(project="v", hypothesis="H", console=False) as run:
                run.dataset("d", self.write("a.txt", "1"))
                run.log(acc=1)
                time.sleep(0)
                held.set()
        finally:
            datasets._digest_of = real
        self.assertEqual(len(self.hub.only["datasets"]), 1)
