import argparse
import contextlib
import dataclasses
import io
import json
import os
import threading

import lemma
from lemma import say as saying
from lemma.spool import Writer, spooled_runs

from .place import InAPlace

HEAD = "import lemma\nwith lemma.run(project='vision', hypothesis='H') as run:\n"


class RunTest(InAPlace):
    def run_here(self, **more):
        return lemma.run(**{"project": "vision", "hypothesis": "CutMix helps", "console": False, **more})

    def test_what_a_run_says_arrives_and_nothing_stays_in_the_spool(self):
        with self.run_here(config={"lr": 0.1, "model": {"depth": 3}}, seed=7, name="first") as run:
            run.log({"acc": 0.5}, step=3)
            run.log(acc=0.75)
            run.log_artifact(self.write("notes.txt", "hello"))
            run.summary["best"] = 0.75
        found = self.hub.only
        self.assertEqual(found["params"], {"lr": "0.1", "model.depth": "3", "seed": "7"})
        self.assertEqual([(key, step, value) for key, step, _, value in found["points"]], [("acc", 3, 0.5), ("acc", 4, 0.75)])
        self.assertEqual(self.hub.files["/files/%s/artifacts/notes.txt" % run.id], b"hello")
        self.assertEqual(found["tags"], {"summary.best": "0.75"})
        self.assertEqual((found["end"]["status"], found["ends"]), ("FINISHED", 1))
        self.assertEqual({key: found["given"][key] for key in ("project", "hypothesis", "name")}, {"project": "vision", "hypothesis": "CutMix helps", "name": "first"})
        self.assertEqual(self.spooled(), [])
        self.assertEqual(found["capture"]["version"], 1)

    def test_without_a_hypothesis_it_says_what_to_write(self):
        with self.assertRaises(lemma.NoHypothesis) as caught:
            lemma.run(project="vision")
        self.assertIn("hypothesis=", str(caught.exception))
        self.assertEqual(self.spooled(), [])

    def test_a_config_may_be_a_namespace_or_a_dataclass(self):
        @dataclasses.dataclass
        class Inner:
            depth: int = 2

        @dataclasses.dataclass
        class Config:
            lr: float = 0.1
            net: Inner = dataclasses.field(default_factory=Inner)

        for config, expected in ((Config(), {"lr": "0.1", "net.depth": "2"}), (argparse.Namespace(lr=3, names=[1, 2]), {"lr": "3", "names": "[1, 2]"})):
            self.hub.runs.clear()
            with self.run_here(config=config):
                pass
            self.assertEqual(self.hub.only["params"], expected)
        with self.assertRaises(TypeError):
            self.run_here(config=[1])

    def test_an_exception_fails_the_run_with_its_traceback_and_goes_on(self):
        with self.assertRaises(ZeroDivisionError):
            with self.run_here():
                1 / 0
        end = self.hub.only["end"]
        self.assertEqual((end["status"], end["exitCode"]), ("FAILED", 1))
        self.assertIn("ZeroDivisionError", end["traceback"])

    def test_what_is_no_number_is_said_and_never_raised(self):
        said = io.StringIO()
        with contextlib.redirect_stderr(said), self.run_here() as run:
            run.log({"text": "x", "none": None, "": 1, "a/../b": 2, "fine": 1, "bad*name": 3})
            run.log({"big": 1}, step=2 ** 70)
            run.log(nan=float("nan"), inf=float("-inf"))
            run.log_artifact("there/is/none")
            run.dataset("d", object())
            run.dataset("gone", "no/such/file.csv")
        self.assertEqual(sorted((key, value) for key, _, _, value in self.hub.only["points"]), [("fine", 1.0), ("inf", "-Infinity"), ("nan", "NaN")])
        self.assertEqual(self.hub.only["end"]["status"], "FINISHED")

    def test_threads_lose_and_double_nothing(self):
        with self.run_here() as run:
            threads = [threading.Thread(target=lambda at=at: [run.log({"m%d" % at: step}, step=step) for step in range(500)]) for at in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        for at in range(8):
            self.assertEqual(self.hub.values("m%d" % at), [float(step) for step in range(500)])
        self.assertEqual(len(self.hub.only["points"]), 4000)

    def test_a_hub_that_is_down_and_comes_back_gets_everything_once(self):
        self.hub.down = True
        with self.run_here() as run:
            for step in range(50):
                run.log(acc=step)
                if step == 25:
                    self.hub.down = False
        self.hub.down = False
        self.lemma("sync")
        self.assertEqual(self.hub.values("acc"), [float(step) for step in range(50)])
        self.assertEqual(self.hub.only["end"]["status"], "FINISHED")
        self.assertEqual(self.spooled(), [])

    def test_an_answer_that_is_lost_doubles_nothing(self):
        self.hub.losing = 5
        with self.run_here() as run:
            for step in range(10):
                run.log(acc=1, step=step)
                run.keep_line("stdout", "the same line")
        self.lemma("sync")
        self.assertEqual(len(self.hub.values("acc")), 10)
        self.assertEqual(self.hub.console(), ["the same line"] * 10)

    def test_a_metric_that_the_hub_refuses_costs_itself_only(self):
        with self.run_here() as run:
            for step in range(10):
                run.log({"poison" if step == 4 else "acc": step}, step=step)
        self.assertEqual(self.hub.values("acc"), [0.0, 1.0, 2.0, 3.0, 5.0, 6.0, 7.0, 8.0, 9.0])
        with open(os.path.join(run.folder, "refused.jsonl"), encoding="utf-8") as file:
            self.assertIn("poison", file.read())

    def test_a_file_that_the_hub_refuses_stays_beside_what_is_said_of_it(self):
        self.hub.refusals["/artifacts/evil.txt"] = "artifact/path"
        self.write("evil.txt", "mine")
        self.write("good.txt", "good")
        done = self.python(HEAD + "    run.log_artifact('evil.txt')\n    run.log_artifact('good.txt')\nprint(run.folder)\n")
        self.assertEqual([content for name, content in self.hub.files.items() if "/lemma/" not in name], [b"good"])
        self.assertIn("the hub refused the file evil.txt", done.stderr)
        folder = done.stdout.strip()
        with open(os.path.join(folder, "refused.jsonl"), encoding="utf-8") as file:
            (record,) = [json.loads(line)["record"] for line in file]
        with open(os.path.join(folder, record["file"]), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")

    def test_a_name_that_leads_out_is_said(self):
        self.write("a.txt", "a")
        done = self.python(HEAD + "    run.log_artifact('a.txt', '../b/../evil.txt')\n")
        self.assertEqual([name.rsplit("/artifacts/")[1] for name in self.hub.files if "/lemma/" not in name], ["evil.txt"])
        self.assertIn("../b/../evil.txt leads out of the run's own files: it is kept as evil.txt", done.stderr)

    def test_a_run_that_the_hub_refuses_stays_in_the_spool(self):
        self.hub.refusals["/runs"] = "experiment/unknown"
        with self.run_here() as run:
            run.log(acc=1)
        self.assertEqual(self.spooled(), [run.id])
        self.hub.refusals.clear()
        self.assertEqual(self.lemma("sync").returncode, 0)
        self.assertEqual(self.hub.values("acc"), [1.0])

    def test_a_full_spool_is_said_once_and_training_goes_on(self):
        os.environ["LEMMA_SPOOL_BYTES"] = "20000"
        self.hub.down = True
        os.environ["LEMMA_WAIT"] = "0"
        done = self.python(HEAD + "    for step in range(2000):\n        run.log(acc=step)\nprint('trained')\n")
        self.assertEqual(done.stdout, "trained\n")
        self.assertEqual(done.stderr.count("is full"), 1, done.stderr)
        self.assertIn("records were not kept", done.stderr)

    def test_journals_that_were_sent_go_while_the_run_goes_on(self):
        from lemma import spool

        before, spool.ROTATE_BYTES = spool.ROTATE_BYTES, 2_000
        try:
            with self.run_here() as run:
                for step in range(300):
                    run.log(acc=step)
                self.until(lambda: len(self.hub.only["points"]) == 300 if self.hub.runs else False)
                self.until(lambda: len([name for name in os.listdir(run.folder) if name.endswith(".journal")]) <= 3)
        finally:
            spool.ROTATE_BYTES = before
        self.assertEqual(self.hub.values("acc"), [float(step) for step in range(300)])

    def test_what_is_printed_is_kept_and_still_printed(self):
        done = self.python("import sys\n" + HEAD + "    print('one'); print('two', file=sys.stderr); sys.stdout.write('half')\nprint('after')\n")
        self.assertEqual(done.stdout, "one\nhalfafter\n")
        self.assertEqual(self.hub.console(), ["one", "half"])
        self.assertEqual(self.hub.console("stderr"), ["two"])
        self.assertNotIn("lemma:", " ".join(self.hub.console("stderr")))

    def test_a_nested_run_names_its_parent(self):
        with self.run_here() as outer, self.run_here() as inner:
            self.assertNotEqual(outer.id, inner.id)
        self.assertEqual(self.hub.runs[inner.id]["given"]["parentRun"], outer.id)

    def test_writers_count_on_when_a_journal_is_continued(self):
        saying._said.clear()
        self.assertEqual(spooled_runs(os.path.join(self.folder, "nowhere")), [])
        os.makedirs("spool/run/files")
        writer = Writer(os.path.join(self.folder, "spool", "run"), "")
        self.assertTrue(writer.append({"t": "line", "s": "stdout", "x": "a", "at": 1}))
        self.assertEqual(writer._counts["stdout"], 1)
        writer.close()
