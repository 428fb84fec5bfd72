import json
import os
import pty
import signal
import subprocess
import sys

from .place import InAPlace

BY_HYPOTHESIS = ("exec", "--project", "vision", "--hypothesis", "H", "--")


class ExecTest(InAPlace):
    def execute(self, script, *arguments, **more):
        return self.lemma(*BY_HYPOTHESIS, sys.executable, self.write("train.py", script), *arguments, **more)

    def test_a_command_without_a_call_is_recorded_and_untouched(self):
        done = self.execute("import sys\nprint('out', sys.argv[1:])\nprint('err', file=sys.stderr)\nsys.exit(5)\n", "--lr", "0.1", "--batch-size=8", "--fast", "--api-key", "s3cr3tvalue0001", "--seed", "-1")
        self.assertEqual((done.returncode, done.stdout), (5, "out ['--lr', '0.1', '--batch-size=8', '--fast', '--api-key', 's3cr3tvalue0001', '--seed', '-1']\n"))
        self.assertIn("err\n", done.stderr)
        run = self.hub.only
        self.assertEqual((run["end"]["status"], run["end"]["exitCode"]), ("FAILED", 5))
        self.assertEqual({key: run["params"][key] for key in ("lr", "batch_size", "fast", "seed")}, {"lr": "0.1", "batch_size": "8", "fast": "true", "seed": "-1"})
        self.assertNotIn("s3cr3t", json.dumps([run["params"], run["capture"], run["given"]]))
        self.assertEqual(run["capture"]["command"][1:4], [os.path.join(self.folder, "train.py"), "--lr", "0.1"])
        self.assertEqual((self.hub.console()[0][:3], self.hub.console("stderr")), ("out", ["err"]))

    def test_without_experiment_and_hypothesis_nothing_runs(self):
        done = self.lemma("exec", "--", sys.executable, "-c", "open('ran', 'w')")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--hypothesis", done.stderr)
        self.assertFalse(os.path.exists("ran"))
        self.assertEqual(self.lemma("exec", "--hypothesis", "H").returncode, 2)

    def test_an_experiment_that_is_not_there_stops_before_anything_runs(self):
        self.hub.refusals["/runs"] = "experiment/unknown"
        done = self.lemma("exec", "--experiment", "VIS-9", "--", sys.executable, "-c", "open('ran', 'w')")
        self.assertEqual((done.returncode, os.path.exists("ran"), self.spooled()), (2, False, []))
        self.assertIn("nothing was started", done.stderr)
        # Nothing stays, so nothing is promised to be sent later.
        self.assertNotIn("lemma sync", done.stderr)

    def test_a_run_inside_joins_and_the_arguments_stay_arguments(self):
        done = self.execute("""
            import lemma, os
            with lemma.run(project="other", hypothesis="other", config={"lr": 0.5}, seed=3) as run:
                assert run.id == os.environ["LEMMA_RUN_ID"]
                run.log(acc=1)
                print("hello")
        """, "--momentum", "0.9")
        self.assertEqual(done.returncode, 0, done.stderr)
        run = self.hub.only
        self.assertEqual((run["params"], self.hub.values("acc"), run["ends"]), ({"lr": "0.5", "seed": "3"}, [1.0], 1))
        self.assertEqual(self.hub.console(), ["hello"])
        self.assertEqual(run["given"]["project"], "vision")

    def test_mlflow_finds_the_run(self):
        done = self.execute("import os\nprint(os.environ['MLFLOW_TRACKING_URI'], os.environ['MLFLOW_RUN_ID'] == os.environ['LEMMA_RUN_ID'])\n")
        self.assertEqual(done.stdout, self.hub.url + " True\n")
        os.environ["MLFLOW_TRACKING_URI"] = "http://elsewhere:5000"
        self.assertEqual(self.execute("import os\nprint(os.environ['MLFLOW_TRACKING_URI'], 'MLFLOW_RUN_ID' in os.environ)\n").stdout, "http://elsewhere:5000 False\n")

    def test_an_exception_nobody_caught_is_the_runs_traceback(self):
        self.execute("print('x')\nraise ValueError('broken')\n")
        self.assertIn("ValueError: broken", self.hub.only["end"]["traceback"])
        self.assertTrue(self.hub.only["end"]["traceback"].startswith("Traceback"))

    def test_a_signal_is_passed_on_and_recorded(self):
        script = self.write("train.py", "import time\nprint('up', flush=True)\ntime.sleep(60)\n")
        child = subprocess.Popen([sys.executable, "-m", "lemma", *BY_HYPOTHESIS, sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(child.stdout.readline(), "up\n")
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=60)
        self.assertEqual((child.returncode, self.hub.only["end"]["status"], self.hub.only["end"]["signal"]), (143, "KILLED", "SIGTERM"))

    def test_a_crash_of_the_program_fails_the_run(self):
        done = self.execute("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
        self.assertEqual((done.returncode, self.hub.only["end"]["status"], self.hub.only["end"]["signal"]), (139, "FAILED", "SIGSEGV"))

    def test_a_command_that_is_not_there_fails_with_127(self):
        done = self.lemma(*BY_HYPOTHESIS, "no-such-program")
        self.assertEqual((done.returncode, self.hub.only["end"]["status"]), (127, "FAILED"))

    def test_the_commands_input_is_its_own(self):
        done = subprocess.run([sys.executable, "-m", "lemma", *BY_HYPOTHESIS, "cat"], input="typed\n", stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=60, check=False)
        self.assertEqual(done.stdout, "typed\n")

    def test_a_terminal_stays_a_terminal_for_the_command(self):
        ours, theirs = pty.openpty()
        child = subprocess.Popen([sys.executable, "-m", "lemma", *BY_HYPOTHESIS, sys.executable, "-c", "import sys; print(sys.stdout.isatty())"], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE)
        os.close(theirs)
        child.communicate(timeout=60)
        self.assertEqual(os.read(ours, 1000), b"True\r\n")
        os.close(ours)
        self.assertEqual(self.hub.console(), ["True"])

    def test_a_reader_that_leaves_does_not_stop_the_command(self):
        script = self.write("train.py", "for at in range(20000): print(at)\nopen('done', 'w')\n")
        subprocess.run("%s -m lemma %s %s %s | head -1" % (sys.executable, " ".join(BY_HYPOTHESIS), sys.executable, script), shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False)
        self.until(lambda: self.hub.only["end"] if self.hub.runs else None)
        self.assertTrue(os.path.exists("done"))
        self.assertEqual(len(self.hub.console()), 20000)

    def test_what_was_printed_last_is_kept_however_long_that_takes(self):
        """The lines that wait in the pipe when the command ends take longer to keep than any pause is."""
        script = self.write("train.py", "print('\\n'.join(str(at) for at in range(10000)))\n")
        slow = self.write("slow.py", """
            import sys, time
            from lemma import executing
            from lemma.command import main
            from lemma.run import Run
            executing.QUIET_S = 0.05
            keep = Run.keep_line
            Run.keep_line = lambda *line: (time.sleep(0.0003), keep(*line))
            sys.exit(main(sys.argv[1:]))
        """)
        done = subprocess.run([sys.executable, slow, *BY_HYPOTHESIS, sys.executable, script], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, universal_newlines=True, timeout=120, check=False)
        self.assertEqual((done.returncode, len(self.hub.console())), (0, 10000), done.stderr)

    def test_a_grandchild_that_goes_on_is_not_waited_for(self):
        done = self.execute("""
            import subprocess, sys
            subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
            print("trained")
        """)
        self.assertEqual((done.returncode, self.hub.console()), (0, ["trained"]))

    def test_a_hub_that_is_down_is_no_reason_not_to_run(self):
        self.hub.down = True
        done = self.execute("print('trained')\n", "--lr", "1")
        self.assertEqual((done.returncode, done.stdout), (0, "trained\n"))
        self.hub.down = False
        self.assertEqual(self.lemma("sync").returncode, 0)
        self.assertEqual((self.hub.only["params"], self.hub.console(), self.hub.only["end"]["status"]), ({"lr": "1"}, ["trained"], "FINISHED"))

    def test_datasets_are_named_on_the_command_line(self):
        self.write("data.csv", "a,b\n1,2\n")
        self.lemma("exec", "--project", "vision", "--hypothesis", "H", "--dataset", "train=data.csv", "--", "true")
        (dataset,) = self.hub.only["datasets"]
        self.assertEqual((dataset["name"], dataset["role"], dataset["rows"]), ("data.csv", "train", 1))
