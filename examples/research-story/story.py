"""Forty small trainings as two people make them in two days, on two machines of which one has no network: python story.py --into FOLDER

Needs Lemma's Python client and scikit-learn, git, and a Lemma at LEMMA_URL. Two trainings run at a time; all take about two minutes.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Sequence

from ideas import FIRST_DAY, SECOND_DAY, Idea, Settings

HERE = os.path.dirname(os.path.abspath(__file__))
LEMMA = os.environ.get("LEMMA_URL") or "http://127.0.0.1:3000"
# Nobody listens on the port for discarded packets: a machine without a network.
NO_NETWORK = "http://127.0.0.1:9"
AT_A_TIME = 2
VERDICT_S = 180


def ask(query: str, **variables: Any) -> Any:
    """Lemma's answer to a question in GraphQL."""
    headers = {"content-type": "application/json"}
    if os.environ.get("LEMMA_TOKEN"):
        headers["authorization"] = "Bearer " + os.environ["LEMMA_TOKEN"]
    request = urllib.request.Request(LEMMA.rstrip("/") + "/graphql", json.dumps({"query": query, "variables": variables}).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = json.load(response)
    if answer.get("errors"):
        sys.exit("Lemma says: " + "; ".join(error["message"] for error in answer["errors"]))
    return answer["data"]


@dataclass(frozen=True)
class Training:
    """One training, on one of the two machines."""

    idea: Idea
    key: str
    settings: Settings
    seed: int
    away: bool
    reason: str

    @property
    def command(self) -> List[str]:
        words = [sys.executable, self.idea.script]
        for name, value in {**self.settings, "seed": self.seed}.items():
            words += ["--" + name.replace("_", "-"), str(value)]
        return [sys.executable, "-m", "lemma", "exec", "--experiment", self.key, "--", *words] if self.idea.by_exec else words


class Story:
    """The project, the repository and the two machines that hold a clone of it."""

    def __init__(self, project: str, into: str) -> None:
        self._project = project
        self._into = os.path.abspath(into)
        self._keys: Dict[str, str] = {}

    def machine(self, away: bool) -> str:
        """The clone of the repository on machine one, or on machine two, which is away from the network."""
        return os.path.join(self._into, "machine-two" if away else "machine-one")

    def tell(self) -> None:
        """All of it."""
        ask("mutation($slug: String!) { createProject(input: { slug: $slug, name: \"Digits in photographs\", description: \"Few training digits, and a camera that nobody holds still.\" }) { project { slug } } }", slug=self._project)
        self._make_repository()
        print("Day one: machine one at the desk, machine two without a network.")
        self._write_down(FIRST_DAY)
        self._train(FIRST_DAY)
        print("Machine two is back, and sends what it kept.")
        self._run([sys.executable, "-m", "lemma", "sync"], self.machine(away=True), {})
        self._judge(FIRST_DAY)
        print("Day two: what helped most is built upon, with changes that are in no commit yet.")
        self._git("apply", os.path.join(HERE, "training", "diagonal.patch"), folder=self.machine(away=False))
        self._write_down(SECOND_DAY)
        for idea in SECOND_DAY:
            self._train([idea])
        self._judge(SECOND_DAY)

    def _make_repository(self) -> None:
        """A repository of the training code with its remote, and a clone of it on each machine."""
        first = os.path.join(self._into, "first")
        shutil.copytree(os.path.join(HERE, "training"), first, ignore=shutil.ignore_patterns("__pycache__", "*.patch"))
        self._git("init", "-q", "-b", "main", folder=first)
        self._git("add", "-A", folder=first)
        self._git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "Learn digits from few images", folder=first)
        self._git("clone", "-q", "--bare", first, os.path.join(self._into, "digits.git"), folder=self._into)
        for away in (False, True):
            self._git("clone", "-q", os.path.join(self._into, "digits.git"), self.machine(away), folder=self._into)
        shutil.rmtree(first)

    def _write_down(self, ideas: Sequence[Idea]) -> None:
        for idea in ideas:
            hypothesis = ask(
                "mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }",
                input={"project": self._project, "statement": idea.statement, "change": idea.change, "because": idea.because, "metric": "test_acc", "direction": "INCREASE", "minEffect": idea.min_effect},
            )["proposeHypothesis"]["hypothesis"]["id"]
            self._keys[idea.name] = ask(
                "mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key } } }",
                input={"project": self._project, "name": idea.name, "description": idea.description, "hypothesis": hypothesis, "design": "SINGLE_CHANGE", "parents": [self._keys[parent] for parent in idea.parents]},
            )["createExperiment"]["experiment"]["key"]

    def _train(self, ideas: Sequence[Idea]) -> None:
        trainings = [
            Training(idea, self._keys[idea.name], settings, seed, seed in idea.away, idea.reason if settings is idea.baseline else "")
            for idea in ideas for seed in idea.seeds for settings in (idea.baseline, idea.treatment) if settings
        ]
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for line in pool.map(self._trained, trainings):
                print("  " + line, flush=True)

    def _trained(self, training: Training) -> str:
        variables = {"LEMMA_EXPERIMENT": training.key, "LEMMA_REASON": training.reason, **({"LEMMA_URL": NO_NETWORK} if training.away else {})}
        done = self._run(training.command, self.machine(training.away), variables, may_fail=True)
        said = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
        outcome = next((line for line in reversed(said) if not line.startswith("lemma:")), "nothing was said")
        settings = ", ".join("%s %s" % item for item in training.settings.items())
        return "%-8s machine %s  %s, seed %d: %s" % (training.key, "two" if training.away else "one", settings, training.seed, outcome)

    def _judge(self, ideas: Sequence[Idea]) -> None:
        """Chooses what each idea is compared with, and waits for the verdicts."""
        for idea in ideas:
            if not idea.baseline:
                continue
            wanted = {(name, str(value)) for name, value in idea.baseline.items()}
            baseline = self._wait_for(idea, lambda found: next((
                variant["id"] for variant in found["variants"]
                if variant["runCount"] == len(idea.seeds) and wanted <= {(param["key"], param["value"]) for param in variant["params"]}
            ), None))
            ask("mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { key } } }", key=self._keys[idea.name], variant=baseline)
        for idea in ideas:
            if idea.baseline:
                verdict = self._wait_for(idea, lambda found: None if found["verdictPending"] else found["verdict"])
                print("  %-8s %s: %s" % (self._keys[idea.name], idea.name, verdict["outcome"].lower()), flush=True)

    def _wait_for(self, idea: Idea, look: Any) -> Any:
        until = time.monotonic() + VERDICT_S
        while time.monotonic() < until:
            found = look(ask("query($key: String!) { experiment(key: $key) { verdictPending verdict { outcome } variants { id runCount params { key value } } } }", key=self._keys[idea.name])["experiment"])
            if found is not None:
                return found
            time.sleep(0.5)
        sys.exit("Lemma's analysis of %s does not end; look whether its workers run." % self._keys[idea.name])

    def _git(self, *words: str, folder: str) -> None:
        self._run(["git", *words], folder, {})

    def _run(self, words: Sequence[str], folder: str, variables: Mapping[str, str], may_fail: bool = False) -> "subprocess.CompletedProcess[str]":
        # One thread a training: two of them run at a time, and sums are added in the same order everywhere.
        done = subprocess.run(words, cwd=folder, env={**os.environ, "LEMMA_URL": LEMMA, "OMP_NUM_THREADS": "1", **variables}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0 and not may_fail:
            sys.exit("%s: %s" % (" ".join(words), done.stderr.strip()))
        return done


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--into", default="research-story", help="a new folder for the repository and both machines")
    arguments.add_argument("--project", default="photographed-digits", help="the slug of a new project")
    options = arguments.parse_args()
    if os.path.exists(options.into):
        sys.exit("%s is there already: name a new folder with --into" % options.into)
    os.makedirs(options.into)
    Story(options.project, options.into).tell()
