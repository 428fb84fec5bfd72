import os
import sys
import unittest

import lemma

from .place import InAPlace

MANY = {"against": "BASELINE", "sentence": "Against the baseline of VIS-3, 2 variables changed (lr, aug), so no effect can be put down to one of them.", "url": "http://hub/r/1"}
FEW = {"against": "BASELINE", "sentence": None, "url": "http://hub/r/1"}
PARENT = {**MANY, "against": "PARENT", "sentence": "Against the parent VIS-2, 2 variables changed (lr, wd)."}


class ChangesTest(InAPlace):
    def answer(self, policy, *changes):
        self.hub.earlier = {"policy": "WARN", "exact": [], "repeats": [], "near": [], "changesPolicy": policy, "changes": list(changes)}

    def execute(self, *options):
        return self.lemma("exec", "--project", "vision", "--hypothesis", "H", *options, "--", sys.executable, self.write("train.py", "open('ran', 'w')"), "--lr", "0.1")

    def test_a_warning_names_the_variables_and_goes_on(self):
        self.answer("WARN", MANY, PARENT)
        done = self.execute()
        self.assertEqual((done.returncode, os.path.exists("ran")), (0, True))
        self.assertIn("lemma: too much at once? Against the baseline of VIS-3, 2 variables changed (lr, aug)", done.stderr)
        self.assertIn("Against the parent VIS-2", done.stderr)
        self.assertEqual(self.hub.asked[0]["hypothesis"], "H")

    def test_a_project_that_stops_them_starts_nothing_and_keeps_nothing(self):
        self.answer("STOP", MANY)
        done = self.execute()
        self.assertEqual((done.returncode, os.path.exists("ran"), self.hub.runs, self.spooled()), (2, False, {}, []))
        self.assertIn("(lr, aug)", done.stderr)
        self.assertIn("--reason", done.stderr)
        with self.assertRaises(lemma.TooManyChanges) as caught:
            lemma.run(project="vision", hypothesis="H", console=False)
        self.assertIn("the baseline of VIS-3", str(caught.exception))
        self.assertEqual((self.hub.runs, self.spooled()), ({}, []))

    def test_a_reason_goes_on_and_is_kept(self):
        self.answer("STOP", MANY)
        done = self.execute("--reason", "the old data is gone")
        self.assertEqual((done.returncode, os.path.exists("ran"), self.hub.only["given"]["reason"]), (0, True, "the old data is gone"))
        self.assertIn("too much at once?", done.stderr)

    def test_the_baseline_decides_and_the_parent_is_only_told(self):
        self.answer("STOP", FEW, PARENT)
        with lemma.run(project="vision", hypothesis="H", console=False):
            pass
        self.answer("STOP", PARENT)
        with self.assertRaises(lemma.TooManyChanges):
            lemma.run(project="vision", hypothesis="H", console=False)

    def test_a_hub_that_knows_nothing_of_changes_stops_nothing(self):
        self.hub.earlier = {"policy": "STOP", "exact": [], "repeats": [], "near": []}
        with lemma.run(experiment="VIS-42", console=False):
            pass
        self.assertEqual((len(self.hub.runs), self.hub.asked[0].get("hypothesis")), (1, None))


if __name__ == "__main__":
    unittest.main()
