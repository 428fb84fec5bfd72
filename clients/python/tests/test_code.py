import contextlib
import hashlib
import io
import json
import os
import subprocess

import lemma.say
from lemma.artifacts import place_on_disk

from .place import InAPlace

RUN = "import lemma\nwith lemma.run(project='vision', hypothesis='H') as run:\n    pass\n"
KEY = "AK" + "IA" + "ABCDEFGHIJKLMNOP"


class CodeTest(InAPlace):
    def repository(self):
        self.git("init", "-q", "-b", "main")
        self.write(".gitignore", "script.py\n")
        self.write("model.py", "def fit():\n    return 1\n")
        self.write("data.bin", "x")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "first")

    def captured(self):
        self.done = self.python(RUN)
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        return self.hub.only["capture"]["code"]

    def artifact(self, path):
        return next(content for name, content in self.hub.files.items() if name.endswith("/artifacts/" + path))

    def test_a_clean_repository(self):
        self.repository()
        self.git("remote", "add", "origin", "https://me:hunter2@example.org/vision.git")
        code = self.captured()
        self.assertEqual((code["repository"], code["branch"], code["dirty"], code["onRemote"], code["diff"], code["untracked"]), ("https://example.org/vision.git", "main", False, False, None, []))
        self.assertEqual(code["commit"], self.git("rev-parse", "HEAD").strip())
        self.assertEqual(code["script"], "script.py")
        self.assertNotIn("hunter2", json.dumps(self.hub.only["capture"]))
        (model,) = [file for file in code["files"] if file["path"] == "model.py"]
        self.assertEqual(list(model["functions"]), ["fit"])
        self.assertNotEqual(model["meaning"], model["sha256"])

    def test_a_commit_that_a_remote_branch_holds(self):
        self.repository()
        self.git("init", "-q", "--bare", "../%s-remote" % os.path.basename(self.folder))
        self.git("remote", "add", "origin", "../%s-remote" % os.path.basename(self.folder))
        self.git("push", "-q", "origin", "main")
        self.assertIs(self.captured()["onRemote"], True)

    def test_changes_apply_again_and_untracked_sources_are_kept(self):
        self.repository()
        self.write("model.py", "def fit():\n    return 2\n")
        self.write("data.bin", "\0\1binary")
        self.write("new/idea.py", "print(1)\n")
        self.write("weights.pt", "w" * 100)
        self.write(".env", "A=1\n")
        code = self.captured()
        diff = self.artifact("lemma/code/changes.diff")
        self.assertEqual((code["diff"]["sha256"], code["diff"]["masked"], code["dirty"]), (hashlib.sha256(diff).hexdigest(), 0, True))
        self.git("checkout", "-q", "--", ".")
        subprocess.run(["git", "apply"], input=diff, check=True)
        with open("model.py", encoding="utf-8") as file:
            self.assertIn("return 2", file.read())
        self.assertEqual([entry["path"] for entry in code["untracked"]], ["new/idea.py"])
        self.assertEqual(self.artifact("lemma/code/untracked/new/idea.py"), b"print(1)\n")
        self.assertEqual({entry["path"]: entry["why"] for entry in code["leftOut"]}, {"weights.pt": "no source file", ".env": "no source file"})

    def test_secrets_in_the_diff_and_in_untracked_files_never_leave(self):
        self.repository()
        self.write("model.py", "KEY = '%s'\npassword = 'c0rrect-horse'\n" % KEY)
        self.write("settings.py", "KEY = '%s'\n" % KEY)
        code = self.captured()
        self.assertEqual(code["diff"]["masked"], 2)
        everything = b"".join(self.hub.files.values()).decode() + json.dumps(self.hub.only["capture"])
        self.assertNotIn(KEY, everything)
        self.assertNotIn("c0rrect-horse", everything)
        self.assertIn("2 secrets in the uncommitted changes are masked", self.done.stderr)
        self.assertIn("1 secret in untracked files is masked", self.done.stderr)

    def test_a_file_of_five_gigabytes_is_named_and_not_read(self):
        self.repository()
        with open("huge.py", "wb") as file:
            file.truncate(5_000_000_000)
        code = self.captured()
        self.assertEqual(code["leftOut"], [{"path": "huge.py", "bytes": 5_000_000_000, "why": "larger than 1.0 MB: not read"}])
        self.assertIn("too large and not read, among them huge.py (5.0 GB)", self.done.stderr)

    def test_a_detached_head_has_no_branch(self):
        self.repository()
        self.git("checkout", "-q", "--detach")
        self.assertIsNone(self.captured()["branch"])

    def test_a_repository_without_a_commit(self):
        self.git("init", "-q", "-b", "main")
        code = self.captured()
        self.assertEqual((code["commit"], code["branch"], code["onRemote"]), (None, "main", None))
        self.assertEqual([entry["path"] for entry in code["untracked"]], ["script.py"])

    def test_no_git_at_all(self):
        self.write("part.py", "x = 1\n")
        os.symlink(self.folder, os.path.join(self.folder, "loop"))
        code = self.captured()
        self.assertEqual((code["repository"], code["commit"]), (None, None))
        self.assertEqual([entry["path"] for entry in code["untracked"]], ["part.py", "script.py"])
        self.assertIn("in no git repository", self.done.stderr)
        os.environ["PATH"] = "/nonexistent"
        self.hub.runs.clear()
        self.assertIsNone(self.captured()["commit"])

    def test_a_submodule_is_named_with_its_commit_and_whether_it_changed(self):
        os.makedirs("inner")
        os.chdir("inner")
        self.git("init", "-q", "-b", "main")
        self.git("commit", "-q", "--allow-empty", "-m", "inner")
        os.chdir("..")
        os.makedirs("outer")
        os.chdir("outer")
        self.folder = os.path.join(self.folder, "outer")
        self.repository()
        self.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../inner", "parts")
        self.git("commit", "-q", "-m", "with parts")
        code = self.captured()
        self.assertEqual([(module["path"], module["dirty"]) for module in code["submodules"]], [("parts", False)])
        self.write("parts/extra.py", "1\n")
        self.hub.runs.clear()
        self.assertEqual([(module["path"], module["dirty"]) for module in self.captured()["submodules"]], [("parts", True)])

    def test_names_that_are_not_utf8_and_files_that_cannot_be_read(self):
        self.repository()
        with open(os.path.join(os.fsencode(self.folder), b"caf\xe9.py"), "wb") as file:
            file.write(b"x = 1\n")
        os.symlink("nowhere.py", "dangling.py")
        os.mkfifo("pipe.py")
        self.write("two\nlines.py", "x = 2\n")
        code = self.captured()
        self.assertEqual([entry["path"] for entry in code["untracked"]], ["caf%E9.py", "two%0Alines.py"])
        # Each is there under the name that is said of it, and is known by what it means.
        for entry in code["untracked"]:
            self.assertEqual(hashlib.sha256(self.artifact("lemma/code/untracked/" + entry["path"])).hexdigest(), entry["sha256"])
        self.assertLessEqual({"caf%E9.py", "two%0Alines.py"}, {entry["path"] for entry in code["files"]})
        self.assertEqual([os.fsencode(place_on_disk(name)) for name in ("caf%E9.py", "two%0Alines.py", "a%41.py", "100%.py", "..%2Fa")], [b"caf\xe9.py", b"two\nlines.py", b"a%41.py", b"100%.py", b"..%2Fa"])
        self.assertIn({"path": "dangling.py", "bytes": 10, "why": "a symbolic link"}, code["leftOut"])

    def test_the_spool_is_no_part_of_the_code(self):
        self.repository()
        code = self.captured()
        self.assertEqual((code["leftOut"], code["dirty"]), ([], False))


class SaidTest(InAPlace):
    def test_paths_that_are_not_utf8_are_said_with_escapes(self):
        self.assertEqual(lemma.say.printable(os.fsdecode(b"caf\xe9")), "caf\\xe9")
        with contextlib.redirect_stderr(io.StringIO()):
            lemma.say.say(os.fsdecode(b"caf\xe9"))
