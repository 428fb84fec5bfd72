import ast
import os
import re
import unittest

from .place import PACKAGE

FILES = [os.path.join(folder, name) for part in ("lemma", "tests") for folder, _, names in os.walk(os.path.join(PACKAGE, part)) for name in names if name.endswith(".py")]
STANDARD = set("""
__future__ argparse ast atexit base64 codecs contextlib csv dataclasses datetime fcntl glob hashlib http importlib io itertools json math multiprocessing os platform pty queue random re select shlex shutil signal
socket sqlite3 ssl string struct subprocess sys tempfile termios textwrap threading time traceback typing unittest urllib uuid weakref zlib
""".split())


class SourceTest(unittest.TestCase):
    def test_every_file_is_python_3_9_and_short(self):
        for path in FILES:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            ast.parse(text, feature_version=(3, 9))
            code = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
            self.assertLessEqual(len(code), 300, path)

    def test_the_package_imports_the_standard_library_only(self):
        for path in FILES:
            if os.sep + "lemma" + os.sep not in path[len(PACKAGE):]:
                continue
            with open(path, encoding="utf-8") as file:
                tree = ast.parse(file.read())
            for node in ast.walk(tree):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
                foreign = {name.split(".")[0] for name in names} - STANDARD
                # The array that a caller hands over comes from there.
                self.assertLessEqual(foreign, {"numpy"} if path.endswith("datasets.py") else set(), path)

    def test_everything_public_is_explained(self):
        for path in FILES:
            if os.sep + "lemma" + os.sep not in path[len(PACKAGE):]:
                continue
            with open(path, encoding="utf-8") as file:
                tree = ast.parse(file.read())
            self.assertTrue(ast.get_docstring(tree), path)
            for node in ast.walk(tree):
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") and not re.match(r"write$", node.name):
                    self.assertTrue(ast.get_docstring(node), "%s: %s" % (path, node.name))
