import os
import sys
import unittest

import lemma

from .place import InAPlace

EARLIER = {"sentence": "The same as VIS-12's run, seed and all; VIS-12 was refuted.", "url": "http://hub/r/1"}


class DuplicatesTest(InAPlace):
    def stop(self):
        self.hub.earlier = {"policy": "STOP", "exact": [EARLIER], "repeats": [], "near": []}

    def execute(self, *options):
        return self.lemma("exec", "--project", "vision", "--hypothesis", "H", *options, "--", sys.executable, self.write("train.py", "open('ran', 'w')"), "--lr", "0.1")

    def test_what_is_asked_is_what_the_run_is_made_of(self):
        self.write("rows.csv", "a,b\n1,2\n")
        with lemma.run(project="vision", hypothesis="H", config={"lr": 0.1}, seed=3, datasets={"train": "rows.csv"}, console=False) as run:
            pass
        (asked,) = self.hub.asked
        self.assertEqual((asked["project"], asked["params"]), ("vision", {"lr": "0.1", "seed": "3"}))
        self.assertEqual(asked["capture"], {**self.hub.runs[run.id]["capture"], "seeds": asked["capture"].get("seeds")})
        self.assertEqual([(each["name"], each["role"]) for each in asked["datasets"]], [("train", "train")])

    def test_a_warning_goes_on(self):
        self.hub.earlier = {"policy": "WARN", "exact": [], "repeats": [EARLIER], "near": [{**EARLIER, "sentence": "Near to VIS-7."}]}
        done = self.execute()
        self.assertEqual((done.returncode, os.path.exists("ran")), (0, True))
        self.assertIn("lemma: done before? Near to VIS-7. http://hub/r/1", done.stderr)
        # Another seed in the same experiment is what statistics need.
        self.assertNotIn("seed and all", done.stderr)

    def test_a_project_that_stops_repetitions_starts_nothing_and_keeps_nothing(self):
        self.stop()
        done = self.execute()
        self.assertEqual((done.returncode, os.path.exists("ran"), self.hub.runs, self.spooled()), (2, False, {}, []))
        said = [line for line in done.stderr.splitlines() if line.startswith("lemma: ")]
        self.assertIn("lemma: nothing was started: this project does not repeat a run without a reason:", said)
        self.assertEqual([line for line in said if line.startswith("lemma:   ")], ["lemma:   " + EARLIER["sentence"], "lemma:   " + EARLIER["url"]])
        self.assertIn("VIS-12 was refuted", done.stderr)
        self.assertIn("--reason", said[-1])
        with self.assertRaises(lemma.DoneBefore) as caught:
            lemma.run(project="vision", hypothesis="H", console=False)
        self.assertIn("VIS-12 was refuted", str(caught.exception))
        self.assertEqual((self.hub.runs, self.spooled()), ({}, []))

    def test_a_reason_goes_on_and_is_kept(self):
        self.stop()
        done = self.execute("--reason", "replication")
        self.assertEqual((done.returncode, os.path.exists("ran"), self.hub.only["given"]["reason"]), (0, True, "replication"))

    def test_a_reason_in_the_environment_counts_too(self):
        self.stop()
        os.environ["LEMMA_REASON"] = "other hardware"
        with lemma.run(experiment="VIS-42", console=False):
            pass
        self.assertEqual((self.hub.only["given"]["reason"], self.hub.asked[0].get("project"), self.hub.asked[0]["experiment"]), ("other hardware", None, "VIS-42"))

    def test_a_hub_that_is_down_or_does_not_know_the_question_is_no_reason_not_to_start(self):
        self.stop()
        self.hub.down = True
        with lemma.run(project="vision", hypothesis="H", console=False) as run:
            self.hub.down = False
        self.until(lambda: run.id in self.hub.runs)
        self.hub.refusals["/duplicate-check"] = "project/unknown"
        with lemma.run(project="vision", hypothesis="H", console=False) as run:
            pass
        self.assertEqual((self.hub.asked, self.hub.runs[run.id]["end"]["status"]), ([], "FINISHED"))

    def test_without_a_question_none_is_asked(self):
        os.environ["LEMMA_CHECK_SECONDS"] = "0"
        self.stop()
        with lemma.run(project="vision", hypothesis="H", console=False):
            pass
        self.assertEqual((self.hub.asked, len(self.hub.runs)), ([], 1))


if __name__ == "__main__":
    unittest.main()
