"""The forms of MLflow's history, read and told; a real MLflow and a real Lemma are in test/interop."""

import os
import sqlite3
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lemma import mlflow_server
from lemma.importing_report import Before
from lemma.mlflow_database import DatabaseHistory
from lemma.mlflow_folder import FolderHistory
from lemma.mlflow_history import PastRun, SourceProblem
from lemma.plain_yaml import read_plain

from .place import InAPlace

RUN = "0123456789abcdef0123456789abcdef"


class Yaml(unittest.TestCase):
    def test_values_as_mlflow_writes_them(self):
        text = "name: plain words\nstatus: 3\nend_time: null\nquoted: 'it''s'\nescaped: \"n\\xE4me\\u2713\\\n  \\ goes on\"\ntags: []\n"
        self.assertEqual(read_plain(text), {"name": "plain words", "status": "3", "end_time": None, "quoted": "it's", "escaped": "näme✓ goes on"})

    def test_long_lines_are_folded(self):
        self.assertEqual(read_plain("name: one\n  two\nother: 'a\n\n  b'\n"), {"name": "one two", "other": "a\nb"})

    def test_what_is_cut_off_is_refused(self):
        for text in ("name: 'half", 'name: "half', "name: whole\nstat"):
            with self.assertRaises(ValueError):
                read_plain(text)


class Folder(InAPlace):
    def make(self, meta="status: 3\nrun_id: %s\nrun_name: first\nuser_id: olga\nstart_time: 5\nend_time: 9\nlifecycle_stage: active\n" % RUN):
        self.write("mlruns/7/meta.yaml", "experiment_id: '7'\nname: cutmix\ncreation_time: 4\nlifecycle_stage: active\n")
        self.write("mlruns/7/%s/meta.yaml" % RUN, meta)
        self.write("mlruns/7/%s/params/net/depth" % RUN, "10")
        self.write("mlruns/7/%s/metrics/train/loss" % RUN, "1 0.5 0\n2 0.25 1\n3 0.1")
        self.write("mlruns/7/%s/artifacts/a/b.txt" % RUN, "words")
        return FolderHistory(os.path.join(self.folder, "mlruns"))

    def test_a_run_with_its_points_and_files(self):
        history = self.make()
        (experiment,) = history.experiments()
        (run,) = history.runs(experiment)
        self.assertEqual((run.id, run.name, run.user, run.status, run.started_ms, run.ended_ms), (RUN, "first", "olga", "FINISHED", 5, 9))
        self.assertEqual((run.params, run.latest), ({"net/depth": "10"}, {"train/loss": (0.25, 2, 1)}))
        # The last line was still being written.
        self.assertEqual(list(history.points(run)), [("train/loss", 0.5, 1, 0), ("train/loss", 0.25, 2, 1)])
        self.assertEqual([(file.path, file.size) for file in history.files(run)], [("a/b.txt", 5)])

    def test_a_half_written_run_is_told_and_left_out(self):
        history = self.make(meta="run_id: %s\nrun_name: fi" % RUN)
        (experiment,) = history.experiments()
        self.assertEqual(list(history.runs(experiment)), [])
        self.assertIn("half written: status is missing", history.problems[0])

    def test_a_folder_without_a_history(self):
        self.write("else/words.txt", "words")
        with self.assertRaisesRegex(SourceProblem, "holds no MLflow history"):
            FolderHistory(os.path.join(self.folder, "else"))

    def test_the_mark_changes_with_anything_of_the_run(self):
        run = PastRun(RUN, params={"lr": "0.1"})
        self.assertEqual(run.mark(), PastRun(RUN, params={"lr": "0.1"}).mark())
        for other in (PastRun(RUN, params={"lr": "0.2"}), PastRun(RUN, params={"lr": "0.1"}, deleted=True), PastRun(RUN, params={"lr": "0.1"}, latest={"acc": (1.0, 1, 1)})):
            self.assertNotEqual(run.mark(), other.mark())


class Database(InAPlace):
    def test_what_is_no_database_of_mlflow(self):
        self.write("words.db", "words")
        with self.assertRaisesRegex(SourceProblem, "no SQLite database"):
            DatabaseHistory(os.path.join(self.folder, "words.db"))
        connection = sqlite3.connect("other.db")
        connection.execute("CREATE TABLE t (a)")
        with self.assertRaisesRegex(SourceProblem, "no MLflow database: it has no table experiments"):
            DatabaseHistory("other.db")
        connection.close()

    def test_one_that_is_locked(self):
        connection = sqlite3.connect("locked.db", isolation_level=None)
        connection.execute("CREATE TABLE t (a)")
        connection.execute("BEGIN EXCLUSIVE")
        from lemma import mlflow_database

        self.addCleanup(setattr, mlflow_database, "WAIT_S", mlflow_database.WAIT_S)
        mlflow_database.WAIT_S = 0.1
        with self.assertRaisesRegex(SourceProblem, "is locked by another program"):
            DatabaseHistory("locked.db")
        connection.close()


class Server(unittest.TestCase):
    def broken(self, status):
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                self.rfile.read(int(self.headers.get("content-length") or 0))
                self.send_response(status)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"oh")

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.addCleanup(setattr, mlflow_server, "PAUSES_S", mlflow_server.PAUSES_S)
        mlflow_server.PAUSES_S = (0.0,)
        return mlflow_server.ServerHistory("http://127.0.0.1:%d" % server.server_address[1])

    def test_answers_that_are_none_are_told_with_what_to_do(self):
        for status, sentence in ((500, "answered status 500 to /api/2.0/mlflow/experiments/search. Look into the log"), (401, "does not let you in"), (404, "is it the address of a tracking server"), (200, "answered what MLflow does not")):
            with self.assertRaisesRegex(SourceProblem, sentence):
                list(self.broken(status).experiments())


class Told(unittest.TestCase):
    def lines(self, **more):
        before = Before()
        for at in range(45):
            before.count(PastRun(RUN, tags={"mlflow.source.git.commit": "c"} if at < 5 else {}))
        return before.lines({"runs": 40, "silent": 5, "waiting": 0, "sameSeed": 4, "earlierExperiment": 6, **more})

    def test_runs_that_say_nothing_are_counted_apart(self):
        self.assertEqual(self.lines()[1:], [
            "cannot be traced to code: 40 of 45 (89 %). MLflow kept no commit with them, so nobody can say what was run",
            "computed before: 10 of 40 (25 %), of finished runs that say what they did: 4 with the same settings and seed, 6 in another experiment",
            "5 more say nothing, neither params nor code nor data of their own, so nobody can say whether they were computed before",
        ])

    def test_what_is_not_there_is_not_told(self):
        self.assertEqual(len(self.lines(silent=0)), 3)
        self.assertIn("1 more says nothing", self.lines(silent=1)[3])
        self.assertIn("2 runs are still being looked at", self.lines(waiting=2)[4])


if __name__ == "__main__":
    unittest.main()
