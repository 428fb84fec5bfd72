import hashlib
import os
import sys
import tarfile

from lemma import reproduction_environment
from lemma.datasets import digest_at
from lemma.reproduction import CannotTry, Differs, Recorded, inside
from lemma.reproduction_command import variables_of, words_of
from lemma.reproduction_data import require_data
from lemma.reproduction_environment import find_interpreter, rebuild_environment

from .place import InAPlace


def recorded(**more):
    given = {
        "id": "a" * 32, "name": "first", "experiment": "VIS-1", "artifacts": "/files", "seed": "1", "command": ["python3.11", "-u", "train.py"], "code": {"script": "train.py"}, "variables": {"PWD": "/home/ada/vision"},
        "working_folder": ".", "python": None, "implementation": None, "packages": {}, "datasets": [],
    }
    return Recorded(**{**given, **more})


class RecordTest(InAPlace):
    def test_a_path_stays_below_its_folder(self):
        os.makedirs("code/sub")
        os.symlink(self.folder, "code/out")
        for path in ("../x", "/x", "a/../../x", "./x", "a//x", "", ".git/config", "sub/.GIT/hooks/x", "sub/.git", ".git./x", ".g\u200cit/x", "git~1/x", "a\\..\\x", "out/x", "x\0y"):
            with self.assertRaises(Differs, msg=path):
                inside("code", path)
        for path in ("x", "sub/deeper/x.py", ".gitignore", "git.py", "..x"):
            self.assertEqual(inside("code", path), os.path.join("code", path))

    def test_where_the_repository_lay(self):
        self.assertEqual(recorded().place("/home/ada/vision/data/x.csv"), "data/x.csv")
        self.assertEqual(recorded(working_folder="src", variables={"PWD": "/home/ada/vision/src"}).root, "/home/ada/vision")
        outside = recorded(working_folder=None, variables={"PWD": "/home/ada"}, command=["python", "vision/train.py"])
        self.assertEqual((outside.root, outside.place("/home/ben/x"), recorded(variables={}, working_folder=None).place("/home/ada/vision/x")), ("/home/ada/vision", None, None))

    def test_words_mean_the_same_elsewhere(self):
        command = ["/home/ada/env/bin/python3", "/home/ada/vision/train.py", "--config=/home/ada/vision/a.yaml", "--data", "/mnt/x.csv", "--lr", "0.1"]
        self.assertEqual(words_of(recorded(command=command), "/second/code", "/second/bin/python", {"/mnt/x.csv": "/here/x.csv"}), ["/second/bin/python", "/second/code/train.py", "--config=/second/code/a.yaml", "--data", "/here/x.csv", "--lr", "0.1"])
        self.write("code/train.py", "")
        code = os.path.join(self.folder, "code")
        self.assertEqual(words_of(recorded(command=["python", "vision/train.py"], working_folder=None, variables={"PWD": "/home/ada"}), code, "/p", {}), ["/p", os.path.join(code, "train.py")])
        with self.assertRaises(Differs):
            words_of(recorded(command=["torchrun-of-nobody", "train.py"]), code, "/second/bin/python", {})

    def test_variables_of_a_machine_and_of_its_owner_stay_those_of_this_one(self):
        given = {
            "PYTHONHASHSEED": "5", "OMP_NUM_THREADS": "2", "TRAINING_SEED": "3", "TOKENIZERS_PARALLELISM": "false", "LD_PRELOAD": "/evil.so", "LEMMA_URL": "http://evil", "GIT_SSH_COMMAND": "evil", "PATH": "/evil", "https_proxy": "http://evil",
            "PWD": "/home/ada/vision", "PYTHONPATH": "/home/ada/vision/src:/home/ada/lemma:lib", "HF_TOKEN": "x", "A B": "1", "TF_CONFIG_FILE": "/home/ada/tf.json", "TORCH_EXTENSIONS": "/home/ada/vision/ext", "KEY": "[masked option 8-15]",
        }
        found = variables_of(recorded(variables=given), "/second/code", "/second/env/bin/python", "/second/client")
        self.assertEqual({name: value for name, value in found.items() if name not in ("PATH", "GIT_CEILING_DIRECTORIES")}, {"PYTHONHASHSEED": "5", "OMP_NUM_THREADS": "2", "TRAINING_SEED": "3", "TOKENIZERS_PARALLELISM": "false", "TORCH_EXTENSIONS": "/second/code/ext", "PYTHONPATH": "/second/code/src:lib:/second/client"})
        self.assertTrue(found["PATH"].startswith("/second/env/bin" + os.pathsep))

    def test_data_is_found_by_what_is_known_and_linked_where_the_code_looks(self):
        self.write("elsewhere/x.csv", "1\n")
        os.makedirs("code")
        entry = {"name": "x", "digest": hashlib.sha256(b"1\n").hexdigest(), "role": "train", "source": "/home/ada/vision/data/x.csv", "sourceType": "file"}
        there = os.path.join(self.folder, "elsewhere", "x.csv")
        self.assertEqual(require_data(recorded(datasets=[entry]), "code", {"train": there}), {entry["source"]: there})
        self.assertEqual(os.readlink("code/data/x.csv"), there)
        # A client that did not record where it ran: by the files that it left out, or by the command.
        for place, more in (("sub/x.csv", {"code": {"leftOut": [{"path": "sub/x.csv"}]}}), ("src/vision/x.csv", {"command": ["python", "t.py", "vision/x.csv"], "working_folder": "src"})):
            require_data(recorded(datasets=[{**entry, "source": "/home/ada/%s" % place.replace("src/", "")}], **{"variables": {}, "working_folder": None, **more}), "code", {"x": there})
            self.assertEqual(os.readlink("code/" + place), there)
        outside = recorded(datasets=[{**entry, "source": "/home/ada/vision/../../../x/../out/x.csv"}])
        self.assertEqual(list(require_data(outside, "code", {"x": there}).values()), [there])

    def test_folders_and_globs_are_compared_as_they_were_recorded(self):
        self.write("moved/a.png", "a")
        self.write("moved/b.png", "b")
        self.write("moved/note.txt", "c")
        os.makedirs("code")
        moved = os.path.join(self.folder, "moved")
        for source, kind, digest, link in (("/home/ada/vision/all", "folder", digest_at("moved"), "all"), ("/home/ada/vision/png/*.png", "glob", digest_at("moved/*.png"), "png")):
            require_data(recorded(datasets=[{"name": "x", "digest": digest, "role": None, "source": source, "sourceType": kind}]), "code", {"x": moved})
            self.assertEqual(os.readlink("code/" + link), moved)

    def test_an_interpreter_of_another_version_is_the_cause_and_another_patch_is_taken(self):
        major, minor, patch = sys.version_info[:3]
        name = "CPython"
        self.assertEqual(find_interpreter(recorded(python="%d.%d.%d" % (major, minor, patch), implementation=name), None).version, "%d.%d.%d" % (major, minor, patch))
        self.assertEqual(find_interpreter(recorded(python="%d.%d.99" % (major, minor), implementation=name), sys.executable).path, sys.executable)
        with self.assertRaises(Differs) as raised:
            find_interpreter(recorded(python="%d.%d.0" % (major, minor + 40), implementation=name), None)
        self.assertEqual([(cause.kind, cause.expected) for cause in raised.exception.causes], [("INTERPRETER", "%d.%d.0" % (major, minor + 40))])
        with self.assertRaises(Differs):
            find_interpreter(recorded(python="%d.%d.%d" % (major, minor, patch), implementation="PyPy"), sys.executable)
        with self.assertRaises(CannotTry):
            find_interpreter(recorded(python="3.11.0"), "no-python-here")

    def test_what_is_no_package_never_reaches_pip(self):
        here = find_interpreter(recorded(), sys.executable)
        for name, version in (("--index-url", "1"), ("x @ http://evil", "1"), ("x", "1 --pre"), ("x", "1\n-r /etc/passwd"), ("-r", "x")):
            with self.assertRaises(Differs, msg=name) as raised:
                rebuild_environment(recorded(packages={name: version}), here, os.path.join(self.folder, "env"))
            self.assertEqual(raised.exception.causes[0].kind, "PACKAGE")
        self.assertFalse(os.path.exists("env"))

    def test_a_package_of_the_repository_is_built_from_it_and_asked_of_no_index(self):
        self.write("code/pyproject.toml", """
            [build-system]
            requires = []
            build-backend = "backend"
            backend-path = ["."]
            [project]
            name = "Our_Vision"  # of the team
            version = "3.0"
        """)
        self.write("code/backend.py", """
            import os, zipfile
            def build_wheel(folder, config_settings=None, metadata_directory=None):
                open("left-behind", "w").close()
                files = {"our_vision.py": "", "our_vision-3.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: our-vision\\nVersion: 3.0\\n", "our_vision-3.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n", "our_vision-3.0.dist-info/RECORD": ""}
                with zipfile.ZipFile(os.path.join(folder, "our_vision-3.0-py3-none-any.whl"), "w") as wheel:
                    for name, text in files.items():
                        wheel.writestr(name, text)
                return "our_vision-3.0-py3-none-any.whl"
        """)
        here = find_interpreter(recorded(), sys.executable)
        os.environ["PIP_NO_INDEX"] = "1"
        rebuild_environment(recorded(packages={"our-vision": "3.0"}), here, os.path.join(self.folder, "env"), os.path.join(self.folder, "code"))
        self.assertEqual(sorted(os.listdir("code")), ["backend.py", "pyproject.toml"])
        with self.assertRaises(Differs) as raised:
            rebuild_environment(recorded(packages={"our-vision": "4.0"}), here, os.path.join(self.folder, "other"), os.path.join(self.folder, "code"))
        self.assertEqual([(cause.name, cause.expected, cause.found) for cause in raised.exception.causes], [("our-vision", "4.0", "3.0")])
        with self.assertRaises(Differs) as raised:
            rebuild_environment(recorded(packages={"our-vision": "3.0"}), here, os.path.join(self.folder, "third"))
        self.assertEqual([(cause.name, cause.found) for cause in raised.exception.causes], [("our-vision", None)])

    def test_an_index_that_does_not_answer_is_no_missing_version(self):
        os.environ.pop("PIP_NO_INDEX", None)
        os.environ.update(PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="1", PIP_TIMEOUT="2", NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
        with self.assertRaisesRegex(CannotTry, "does not answer"):
            rebuild_environment(recorded(packages={"nobody-made-this": "1.0"}), find_interpreter(recorded(), sys.executable), os.path.join(self.folder, "env"))

    def test_a_package_that_cannot_be_built_is_named_with_the_reason_and_a_way_out(self):
        self.write("nobody-builds-1.0/pyproject.toml", '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n')
        self.write("nobody-builds-1.0/backend.py", 'raise SystemExit("ERROR: Dependency \\"cairo\\" not found")\n')
        self.write("nobody-builds-1.0/PKG-INFO", "Metadata-Version: 2.1\nName: nobody-builds\nVersion: 1.0\n")
        with tarfile.open("nobody-builds-1.0.tar.gz", "w:gz") as archive:
            archive.add("nobody-builds-1.0")
        os.environ.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=self.folder, PIP_CONFIG_FILE=os.devnull)
        with self.assertRaises(CannotTry) as raised:
            rebuild_environment(recorded(packages={"nobody-builds": "1.0"}), find_interpreter(recorded(), sys.executable), os.path.join(self.folder, "env"))
        self.assertRegex(str(raised.exception), r"^nobody-builds has to be built from source, and that fails here: .*cairo.* not found\. .*--no-environment")

    def test_the_client_itself_comes_from_here(self):
        here = find_interpreter(recorded(), sys.executable)
        packages = {reproduction_environment.CLIENT: "0.1.0"}
        python = rebuild_environment(recorded(packages=packages), here, os.path.join(self.folder, "env"))
        reproduction_environment.require_packages(packages, python)
        with self.assertRaises(Differs) as raised:
            reproduction_environment.require_packages({"nobody-made-this": "1.0"}, python)
        self.assertEqual([(cause.kind, cause.name, cause.found) for cause in raised.exception.causes], [("PACKAGE", "nobody-made-this", None)])
