import os
import signal
import socket
import subprocess
import sys
import time
import unittest

from .in_memory_hub import InMemoryHub
from .place import InAPlace

BEGIN = "import lemma, os, sys, time\nrun = lemma.run(project='vision', hypothesis='H')\n"


class ProcessTest(InAPlace):
    def start(self, script):
        return subprocess.Popen([sys.executable, self.write("script.py", script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)

    def test_forked_children_log_to_the_run_and_the_parent_ends_it(self):
        done = self.python("""
            import lemma, multiprocessing, os
            context = multiprocessing.get_context("fork")
            def work(run, number):
                for step in range(100):
                    run.log({"child%d" % number: step}, step=step)
                print("child", number)
            with lemma.run(project="vision", hypothesis="H") as run:
                children = [context.Process(target=work, args=(run, number)) for number in range(4)]
                for child in children: child.start()
                for step in range(100): run.log(parent=step)
                for child in children: child.join()
                assert all(child.exitcode == 0 for child in children)
        """)
        self.assertEqual(done.returncode, 0, done.stderr)
        for key in ("parent", "child0", "child1", "child2", "child3"):
            self.assertEqual(self.hub.values(key), [float(step) for step in range(100)])
        self.assertEqual(self.hub.only["ends"], 1)
        self.assertEqual(sorted(line for line in self.hub.console() if line), ["child 0", "child 1", "child 2", "child 3"])

    def test_spawned_children_that_are_given_the_run_log_to_it(self):
        done = self.python("""
            import lemma, multiprocessing
            def work(run):
                run.log(child=1)
            if __name__ == "__main__":
                with lemma.run(project="vision", hypothesis="H") as run:
                    child = multiprocessing.get_context("spawn").Process(target=work, args=(run,))
                    child.start(); child.join()
        """)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.hub.values("child"), [1.0])
        self.assertEqual(self.hub.only["end"]["status"], "FINISHED")

    def test_a_pool_that_is_terminated_ends_quietly(self):
        done = self.python("""
            import lemma, multiprocessing
            with lemma.run(project="vision", hypothesis="H") as run:
                with multiprocessing.get_context("fork").Pool(2) as pool:
                    run.log(total=sum(pool.map(abs, range(-5, 5))))
        """)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.hub.only["end"]["status"], "FINISHED")

    def test_sigterm_ends_the_run_killed_and_the_process_by_the_signal(self):
        child = self.start(BEGIN + "run.log(acc=1)\nprint('up', flush=True)\ntime.sleep(60)\n")
        self.assertEqual(child.stdout.readline(), "up\n")
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=60)
        self.assertEqual(child.returncode, -signal.SIGTERM)
        self.assertEqual((self.hub.only["end"]["status"], self.hub.only["end"]["signal"]), ("KILLED", "SIGTERM"))

    def test_a_handler_of_the_training_is_called_as_well(self):
        child = self.start("import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: (print('saved'), sys.exit(3)))\n" + BEGIN + "print('up', flush=True)\ntime.sleep(60)\n")
        self.assertEqual(child.stdout.readline(), "up\n")
        child.send_signal(signal.SIGTERM)
        self.assertEqual(child.communicate(timeout=60)[0], "saved\n")
        self.assertEqual((child.returncode, self.hub.only["end"]["status"]), (3, "KILLED"))

    def test_without_a_with_the_end_of_the_script_ends_the_run(self):
        self.python(BEGIN + "run.log(acc=1)\n")
        self.assertEqual(self.hub.only["end"]["status"], "FINISHED")
        self.hub.runs.clear()
        done = self.python(BEGIN + "raise ValueError('broken')\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn("raise ValueError('broken')", done.stderr)
        self.assertEqual(self.hub.only["end"]["status"], "FAILED")
        self.assertIn("ValueError: broken", self.hub.only["end"]["traceback"])

    def test_killed_by_force_while_the_hub_is_down_nothing_is_lost(self):
        self.hub.down = True
        child = self.start(BEGIN + "for step in range(1000): run.log(acc=step)\nprint('logged', flush=True)\nos.write(1, b'up\\n')\ntime.sleep(60)\n")
        # What is printed is kept behind being printed.
        self.assertEqual([child.stdout.readline(), child.stdout.readline()], ["logged\n", "up\n"])
        child.kill()
        child.communicate(timeout=60)
        self.hub.down = False
        done = self.lemma("sync")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.hub.values("acc"), [float(step) for step in range(1000)])
        self.assertEqual(self.hub.console(), ["logged"])
        self.assertEqual(self.hub.only["end"]["status"], "KILLED")
        self.assertEqual(self.spooled(), [])

    def test_a_spool_cut_in_half_gives_what_is_whole(self):
        self.hub.down = True
        os.environ["LEMMA_WAIT"] = "0"
        self.python(BEGIN + "for step in range(1000): run.log(acc=step)\n")
        self.hub.down = False
        folder = os.path.join(self.folder, ".lemma-spool", self.spooled()[0])
        journal = next(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".journal"))
        with open(journal, "r+b") as file:
            file.truncate(os.path.getsize(journal) // 2 + 3)
        done = self.lemma("sync")
        self.assertIn("only half there", done.stderr)
        values = self.hub.values("acc")
        self.assertEqual(values, [float(step) for step in range(len(values))])
        self.assertGreater(len(values), 300)
        self.assertEqual(self.hub.only["end"]["status"], "KILLED")

    def test_a_spool_that_is_sent_twice_changes_nothing(self):
        import shutil

        self.hub.down = True
        os.environ["LEMMA_WAIT"] = "0"
        self.python(BEGIN + "for step in range(100):\n    run.log(acc=step)\n    print('line')\n")
        self.hub.down = False
        shutil.copytree(".lemma-spool", "copy")
        self.assertEqual(self.lemma("sync").returncode, 0)
        once = (sorted(self.hub.only["points"]), dict(self.hub.only["lines"]))
        self.assertEqual(self.lemma("sync", "copy").returncode, 0)
        self.assertEqual((sorted(self.hub.only["points"]), dict(self.hub.only["lines"])), once)
        self.assertEqual(len(once[0]), 100)

    def test_the_run_of_a_living_process_is_left_to_it(self):
        child = self.start(BEGIN + "run.log(acc=1)\nprint('up', flush=True)\ntime.sleep(60)\n")
        child.stdout.readline()
        self.assertIn("sent by its own process", self.lemma("sync").stderr)
        child.kill()
        child.communicate(timeout=60)

    def test_a_hub_that_hangs_does_not_hold_up_training(self):
        hanging = socket.socket()
        hanging.bind(("127.0.0.1", 0))
        hanging.listen(8)
        os.environ.update(LEMMA_URL="http://127.0.0.1:%d" % hanging.getsockname()[1], LEMMA_WAIT="0.2", LEMMA_CHECK_SECONDS="0.2")
        done = self.python(BEGIN + "for step in range(1000): run.log(acc=step)\nprint('trained')\n")
        self.assertEqual((done.returncode, done.stdout), (0, "trained\n"))
        hanging.close()
        self.assertEqual(len(self.spooled()), 1)

    def test_a_hub_that_is_gone_and_back_on_the_same_port(self):
        port = self.hub.port
        child = self.start(BEGIN + "for step in range(200):\n    run.log(acc=step)\n    time.sleep(0.02)\nrun.finish()\n")
        self.until(lambda: self.hub.runs and self.hub.only["points"])
        runs = self.hub.runs
        self.hub.stop()
        time.sleep(1)
        self.hub = InMemoryHub(port)
        self.hub.runs = runs
        child.communicate(timeout=60)
        if self.spooled():
            self.assertEqual(self.lemma("sync").returncode, 0)
        self.assertEqual(self.hub.values("acc"), [float(step) for step in range(200)])
        self.assertEqual(self.hub.only["end"]["status"], "FINISHED")

    def test_a_place_that_cannot_be_written_to_is_said_and_another_taken(self):
        os.environ["LEMMA_SPOOL"] = "/proc/nowhere"
        os.environ["TMPDIR"] = self.folder
        done = self.python(BEGIN + "run.log(acc=1)\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("cannot write to /proc/nowhere", done.stderr)
        self.assertEqual(self.hub.values("acc"), [1.0])


if __name__ == "__main__":
    unittest.main()
