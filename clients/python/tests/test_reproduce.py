import hashlib
import os
import subprocess
import sys

from .place import InAPlace

TRAIN = """
    import os, sys
    import lemma
    from extra import BIAS
    from model import value
    with lemma.run(project="vision", hypothesis="H", config={"lr": 0.1}, seed=int(sys.argv[1]), datasets={"train": "data/train.csv"}) as run:
        print("trained with", os.environ.get("PYTHONHASHSEED"))
        run.log(acc=value() + BIAS)
        open("ran", "w").close()
"""


class ReproduceTest(InAPlace):
    """Runs are recorded in ``first`` and done again in ``second``."""

    def setUp(self):
        super().setUp()
        self.git("init", "-q", "-b", "main", "first")
        os.chdir("first")
        self.write("first/train.py", TRAIN)
        self.write("first/model.py", "def value():\n    return 1\n")
        self.write("first/.gitignore", "data/\n__pycache__/\nran\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "first")
        os.chdir("..")
        self.git("clone", "-q", "--bare", "first", "first.git")
        self.git("-C", "first", "remote", "add", "origin", os.path.join(self.folder, "first.git"))
        self.write("first/model.py", "def value():\n    return 2\n")
        self.write("first/extra.py", "BIAS = 0.5\n")
        self.write("first/staged.py", "x = 1\n")
        self.git("-C", "first", "add", "staged.py")
        self.write("first/data/train.csv", "x\n1\n")

    def record(self, *command):
        """A run that was recorded in ``first``; the hub knows it by the id."""
        done = subprocess.run([*(command or (sys.executable, "train.py", "7"))], cwd="first", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        (run_id,) = self.hub.runs
        return run_id

    def reproduce(self, run_id, *options):
        return self.lemma("reproduce", run_id, "--into", "second", "--no-environment", *options)

    def again(self, run_id):
        (other,) = [run for each, run in self.hub.runs.items() if each != run_id]
        return other

    def test_a_run_is_done_again_with_its_changes_its_data_and_its_variables(self):
        os.environ["PYTHONHASHSEED"] = "5"
        run_id = self.record()
        os.environ["PYTHONHASHSEED"] = "6"
        os.rename("first/data", "elsewhere")
        done = self.reproduce(run_id, "--data", "train=elsewhere/train.csv", "--metric", "acc")
        self.assertEqual((done.returncode, done.stdout), (0, "trained with 5\nreproduced\n"), done.stderr)
        first, again = self.hub.runs[run_id], self.again(run_id)
        self.assertEqual((again["given"]["experiment"], again["given"]["tags"], again["given"]["reason"], again["end"]["status"]), ("VIS-1", {"lemma.reproduces": run_id}, "replication", "FINISHED"))
        self.assertEqual((again["params"], [point[3] for point in again["points"]]), (first["params"], [2.5]))
        for part in ("commit", "diff", "untracked"):
            self.assertEqual(again["capture"]["code"][part], first["capture"]["code"][part], part)
        self.assertEqual([each["digest"] for each in again["datasets"]], [each["digest"] for each in first["datasets"]])
        (attempt,) = self.hub.attempts
        self.assertEqual((attempt["run"], attempt["causes"], attempt["metrics"]), (next(each for each in self.hub.runs if each != run_id), [], ["acc"]))
        self.assertIn("python train.py 7", done.stderr.replace(os.path.basename(sys.executable), "python"))

    def test_data_that_exec_named_is_named_again(self):
        self.write("first/plain.py", "open('data/train.csv').read()\n")
        run_id = self.record(sys.executable, "-m", "lemma", "exec", "--project", "vision", "--hypothesis", "H", "--dataset", "train=data/train.csv", "--", sys.executable, "plain.py", "--seed", "3")
        done = self.reproduce(run_id)
        self.assertEqual(done.returncode, 0, done.stderr)
        first, again = self.hub.runs[run_id], self.again(run_id)
        self.assertEqual([(each["name"], each["digest"], each["role"], each["source"]) for each in again["datasets"]], [(each["name"], each["digest"], each["role"], each["source"]) for each in first["datasets"]])
        self.assertEqual(again["params"], {"seed": "3"})

    def test_a_command_that_fails_is_recorded_as_a_run_that_failed(self):
        self.write("first/plain.py", "import os, sys\nsys.exit(3 if os.path.exists(%r) else 0)\n" % os.path.join(self.folder, "broken"))
        run_id = self.record(sys.executable, "-m", "lemma", "exec", "--project", "vision", "--hypothesis", "H", "--", sys.executable, "plain.py")
        self.write("broken", "")
        self.reproduce(run_id)
        self.assertEqual((self.again(run_id)["end"]["exitCode"], len(self.hub.attempts)), (3, 1))

    def refused(self, run_id, *causes, code=1, options=()):
        """Nothing ran; the causes are what was recorded, nothing where it could not be tried."""
        done = self.reproduce(run_id, *options)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(len(self.hub.runs), 1, done.stderr)
        self.assertEqual([(cause["kind"], cause["name"]) for attempt in self.hub.attempts for cause in attempt["causes"]], list(causes), done.stderr)
        self.assertFalse(os.path.exists("second/code/ran"))
        return done

    def test_data_that_differs_or_is_missing_is_the_cause(self):
        run_id = self.record()
        self.write("first/data/train.csv", "x\n2\n")
        self.assertIn("another SHA-256", self.refused(run_id, ("DATA", "train")).stderr)
        self.hub.attempts.clear()
        os.unlink("first/data/train.csv")
        self.assertIn("--data NAME=PATH", self.refused(run_id, ("DATA", "train"), options=("--into", "third")).stderr)

    def test_all_that_differs_before_the_environment_is_told_at_once(self):
        run_id = self.record()
        capture = self.hub.runs[run_id]["capture"]
        capture["python"]["version"] = "%d.%d.1" % (sys.version_info[0], sys.version_info[1] + 40)
        capture["code"]["commit"] = "b" * 40
        self.write("first/data/train.csv", "x\n2\n")
        self.refused(run_id, ("INTERPRETER", "Python"), ("COMMIT", "commit"), ("DATA", "train"))

    def test_files_of_the_run_that_were_written_over_are_the_cause(self):
        run_id = self.record()
        for ending in ("changes.diff", "untracked/extra.py"):
            path = next(path for path in self.hub.files if path.endswith(ending))
            before = self.hub.files[path]
            self.hub.files[path] = before + b"\n"
            self.refused(run_id, ("CHANGES", "uncommitted changes"), options=("--into", "with-" + os.path.basename(ending)))
            self.hub.files[path] = before
            self.hub.attempts.clear()

    def test_what_was_masked_or_not_kept_is_the_cause(self):
        run_id = self.record()
        capture = self.hub.runs[run_id]["capture"]
        code = capture["code"]
        for number, (change, cause) in enumerate((
            ({"diff": {**code["diff"], "masked": 1}}, ("CHANGES", "uncommitted changes")),
            ({"leftOut": [{"path": "weights.bin", "bytes": 9_000_000, "why": "changed, and larger than 5.0 MB: not in the diff"}]}, ("CHANGES", "weights.bin")),
            ({"submodules": [{"path": "parts", "commit": "a" * 40, "dirty": True}]}, ("SUBMODULE", "parts")),
            ({"submodules": [{"path": "parts", "commit": "a" * 40, "dirty": False}]}, ("SUBMODULE", "parts")),
            ({"commit": "b" * 40}, ("COMMIT", "commit")),
            ({"files": [{"path": "model.py", "sha256": "c" * 64}]}, ("CHANGES", "model.py")),
            ({"commit": None, "untracked": []}, ("COMMIT", "commit")),
        )):
            capture["code"] = {**code, **change}
            self.refused(run_id, cause, options=("--into", "second-%d" % number))
            self.hub.attempts.clear()
        capture["code"] = code
        capture["command"] = ["python", "train.py", "--token", "[masked option 16-31]"]
        self.refused(run_id, ("COMMAND", "the command"))
        self.hub.attempts.clear()
        self.hub.runs[run_id]["capture"] = None
        self.refused(run_id, ("COMMAND", "the command"))

    def test_a_hostile_record_writes_and_runs_nothing_elsewhere(self):
        run_id = self.record()
        capture = self.hub.runs[run_id]["capture"]
        code = capture["code"]
        content = b"import os\n"
        digest = hashlib.sha256(content).hexdigest()
        for path in ("../escape.py", "/tmp/escape.py", ".git/hooks/post-checkout", "a/../../escape.py"):
            self.hub.files["/files/%s/artifacts/lemma/code/untracked/%s" % (run_id, path)] = content
            capture["code"] = {**code, "diff": None, "files": [], "untracked": [{"path": path, "bytes": len(content), "sha256": digest}]}
            self.refused(run_id, ("CHANGES", "uncommitted changes"), options=("--into", "u%d" % len(path)))
            self.hub.attempts.clear()
        for path in ("../escape.py", ".git/config"):
            patch = ("diff --git a/%s b/%s\nnew file mode 100644\n--- /dev/null\n+++ b/%s\n@@ -0,0 +1 @@\n+x = 1\n" % (path, path, path)).encode()
            self.hub.files["/files/%s/artifacts/lemma/code/changes.diff" % run_id] = patch
            capture["code"] = {**code, "files": [], "untracked": [], "diff": {"path": "lemma/code/changes.diff", "sha256": hashlib.sha256(patch).hexdigest(), "bytes": len(patch), "masked": 0}}
            self.refused(run_id, ("CHANGES", "uncommitted changes"), options=("--into", "d%d" % len(path)))
            self.hub.attempts.clear()
        for remote in ("ext::sh -c touch% " + os.path.join(self.folder, "escape.py"), "--upload-pack=touch escape.py"):
            capture["code"] = {**code, "repository": remote}
            self.refused(run_id, code=2, options=("--into", "r%d" % len(remote)))
        self.assertEqual([name for _, _, files in os.walk(self.folder) for name in files if "escape" in name], [])

    def test_what_cannot_be_tried_is_not_recorded(self):
        run_id = self.record()
        self.write("full/file", "")
        self.assertIn("is not empty", self.refused(run_id, code=2, options=("--into", "full")).stderr)
        self.assertIn("the run has no dataset test; it has train", self.refused(run_id, code=2, options=("--data", "test=x")).stderr)
        self.hub.runs[run_id]["capture"]["code"]["repository"] = None
        self.assertIn("--repo PATH_OR_URL", self.refused(run_id, code=2, options=("--into", "third")).stderr)
        self.assertEqual(self.reproduce("nothing").returncode, 2)
        self.hub.down = True
        self.assertIn("LEMMA_URL", self.refused(run_id, code=2, options=("--into", "fourth")).stderr)

    def test_a_dry_run_builds_and_records_nothing(self):
        run_id = self.record()
        self.assertEqual((self.reproduce(run_id, "--dry-run").returncode, os.path.exists("second"), self.hub.attempts), (0, False, []))
        os.unlink("first/data/train.csv")
        done = self.reproduce(run_id, "--dry-run")
        self.assertEqual((done.returncode, self.hub.attempts), (1, []))
        self.assertRegex(done.stdout, "^data train: [0-9a-f]{64} was recorded, nothing was found.\n$")

    def test_an_experiment_stands_for_its_best_run(self):
        self.hub.best = self.record()
        self.assertEqual(self.reproduce("VIS-1", "--dry-run").returncode, 0)
        self.assertEqual(self.hub.asked[-1]["variables"], {"project": "vision", "filter": "experiment = 'VIS-1' AND status = 'FINISHED' AND excluded = false AND metrics.`val ``acc``` IS NOT NULL", "order": "metrics.`val ``acc``` ASC"})
        self.hub.best = None
        self.assertEqual(self.reproduce("VIS-1").returncode, 2)
