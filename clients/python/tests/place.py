"""A folder of one's own with a hub beside it, and scripts that run in it as processes."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

from .in_memory_hub import InMemoryHub

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GIT = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


class InAPlace(unittest.TestCase):
    """``self.folder`` is empty and the working folder; ``self.hub`` answers at ``$LEMMA_URL``."""

    def setUp(self):
        self.hub = InMemoryHub()
        self._temporary = tempfile.TemporaryDirectory()
        self.folder = os.path.realpath(self._temporary.name)
        self._before = os.getcwd()
        self._environ = dict(os.environ)
        os.chdir(self.folder)
        for name in [name for name in os.environ if name.startswith(("LEMMA_", "MLFLOW_"))]:
            del os.environ[name]
        os.environ.update(GIT, LEMMA_URL=self.hub.url, LEMMA_SAMPLE_SECONDS="0", LEMMA_WAIT="60", LEMMA_CHECK_SECONDS="60", PYTHONPATH=PACKAGE)

    def tearDown(self):
        os.chdir(self._before)
        os.environ.clear()
        os.environ.update(self._environ)
        self._temporary.cleanup()
        self.hub.stop()

    def write(self, name, text):
        """A file in the folder; answers its path."""
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))
        return path

    def python(self, script, **more):
        """Runs a script to its end; answers what ``subprocess.run`` does."""
        return subprocess.run([sys.executable, self.write("script.py", script)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120, check=False, **more)

    def lemma(self, *arguments, **more):
        """Runs the command line."""
        return subprocess.run([sys.executable, "-m", "lemma", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120, check=False, **more)

    def until(self, ask):
        """Waits until the answer is true, and answers it."""
        for _ in range(1200):
            answer = ask()
            if answer:
                return answer
            time.sleep(0.05)
        raise AssertionError("it never came")

    def git(self, *arguments):
        return subprocess.run(["git", *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True).stdout

    def spooled(self):
        """Names of runs in the spool of which something waits."""
        from lemma.spool import spooled_runs

        return [os.path.basename(folder) for folder in spooled_runs(os.path.join(self.folder, ".lemma-spool"))]


KILL = signal.SIGKILL
