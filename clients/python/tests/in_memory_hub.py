"""A hub in this process, with the rules of the real doors that the client leans on: the same thing twice changes nothing, streams leave no number out."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class InMemoryHub:
    """``runs`` by id: what arrived. ``down`` answers 503 to everything; ``refusals`` maps the end of a path to a reason; ``earlier`` is what a check for duplicates is answered, ``asked`` what was asked; ``losing`` does what is asked and answers 503 all the same; ``attempts`` are the reproductions that were recorded, ``best`` the run that GraphQL names."""

    def __init__(self, port=0):
        self.runs = {}
        self.files = {}
        self.requests = []
        self.down = False
        self.losing = 0
        self.refusals = {}
        self.earlier = {"policy": "WARN", "exact": [], "repeats": [], "near": [], "changesPolicy": "WARN", "changes": []}
        self.asked = []
        self.attempts = []
        self.best = None
        self.lock = threading.Lock()
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def _any(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                with hub.lock:
                    status, answer = hub.answer(self.command, self.path, body)
                    if hub.losing > 0 and self.command != "GET":
                        hub.losing -= 1
                        status, answer = 503, {"error": {"reason": "server/store-unavailable", "message": "not now"}}
                text = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = _any

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, method, path, body):
        parts = urlsplit(path)
        self.requests.append("%s %s" % (method, parts.path))
        if self.down:
            return 503, {"error": {"reason": "server/store-unavailable", "message": "not now"}}
        for ending, reason in self.refusals.items():
            if parts.path.endswith(ending):
                return 400, {"error": {"reason": reason, "message": "refused: " + reason}}
        if method == "PUT":
            self.files[unquote(parts.path)] = body
            return 200, {}
        if parts.path.startswith("/files/"):
            content = self.files.get(unquote(parts.path))
            return (404, {"error": {"reason": "artifact/unknown", "message": "no file"}}) if content is None else (200, content)
        if parts.path == "/graphql":
            self.asked.append(json.loads(body))
            return 200, {"data": {"runs": {"nodes": [{"id": self.best}] if self.best else []}}}
        if parts.path == "/api/v1/experiments/VIS-1":
            return 200, {"key": "VIS-1", "project": "vision", "hypothesis": {"metric": "val `acc`", "direction": "DECREASE"}}
        if parts.path == "/api/v1/projects":
            return 200, {"projects": [], "next": None}
        if parts.path == "/api/v1/duplicate-check":
            self.asked.append(json.loads(body))
            return 200, self.earlier
        if parts.path == "/api/v1/runs":
            return self._make(json.loads(body))
        found = re.match(r"/api/v1/runs/(\w+)(?:/(\w+))?$", parts.path)
        run = self.runs.get(found.group(1)) if found else None
        if run is None:
            return 404, {"error": {"reason": "run/unknown", "message": "There is no such run."}}
        if found.group(2) is None:
            return 200, {"params": run["params"]}
        if method == "GET" and found.group(2) == "capture":
            return 200, self._recorded(found.group(1), run)
        return getattr(self, "_" + found.group(2))(run, body, parse_qs(parts.query))

    def _make(self, given):
        if given["id"] not in self.runs:
            self.runs[given["id"]] = {"given": given, "params": dict(given["params"]), "tags": dict(given["tags"]), "points": [], "streams": {}, "lines": {}, "samples": {}, "datasets": [], "capture": None, "end": None, "beats": 0, "ends": 0}
        return 200, {"id": given["id"], "experiment": "VIS-1", "project": "vision", "url": self.url + "/r/" + given["id"], "artifacts": "/files/%s/artifacts" % given["id"]}

    def _description(self, run, body, _query):
        given = json.loads(body)
        run["params"].update(given.get("params", {}))
        run["tags"].update(given.get("tags", {}))
        return 200, {}

    def _capture(self, run, body, _query):
        run["capture"] = json.loads(body)
        return 200, {}

    def _recorded(self, run_id, run):
        datasets = [{"name": each["name"], "digest": each["digest"], "role": each.get("role"), "source": each.get("source", ""), "sourceType": each.get("sourceType", "local")} for each in run["datasets"]]
        return {
            "id": run_id, "name": run["given"].get("name", "first"), "experiment": "VIS-1", "project": "vision", "status": "FINISHED", "seed": run["params"].get("seed"),
            "artifacts": "https://hub.example.org/files/%s/artifacts" % run_id, "capture": run["capture"], "datasets": datasets,
        }

    def _reproductions(self, _run, body, _query):
        given = json.loads(body)
        self.attempts.append(given)
        causes = [{**cause, "sentence": "%s %s" % (cause["kind"], cause["name"])} for cause in given["causes"]]
        return 200, {"id": given["id"], "reproduced": not causes, "causes": causes, "metrics": []}

    def _datasets(self, run, body, _query):
        run["datasets"] += [each for each in json.loads(body)["datasets"] if each not in run["datasets"]]
        return 200, {}

    def _metrics(self, run, body, query):
        stream, number = query["stream"][0], int(query["first"][0])
        acknowledged = run["streams"].get(stream, 0)
        if number > acknowledged + 1:
            return 409, {"error": {"reason": "stream/gap", "message": "gap", "acknowledged": acknowledged}}
        for line in body.decode().splitlines():
            point = json.loads(line)
            if point["key"] == "poison":
                return 400, {"error": {"reason": "metric/bad-name", "message": "poison", "acknowledged": run["streams"].get(stream, 0)}}
            entry = (point["key"], point["step"], point["timestamp"], point["value"])
            if entry not in run["points"]:
                run["points"].append(entry)
            run["streams"][stream] = max(run["streams"].get(stream, 0), number)
            number += 1
        return 200, {"stream": stream, "acknowledged": run["streams"].get(stream, 0)}

    def _logs(self, run, body, _query):
        for line in body.decode().splitlines():
            entry = json.loads(line)
            run["lines"].setdefault((entry["source"], entry["stream"], entry["sequence"]), entry["text"])
        return 200, {"added": 0}

    def _system(self, run, body, _query):
        for line in body.decode().splitlines():
            entry = json.loads(line)
            run["samples"].setdefault((entry["node"], entry["sequence"]), entry["gauges"])
        return 200, {"added": 0}

    def _heartbeat(self, run, _body, _query):
        run["beats"] += 1
        return 200, {"status": "RUNNING", "nextWithinMs": 60000}

    def _end(self, run, body, _query):
        run["end"] = json.loads(body)
        run["ends"] += 1
        return 200, {}

    @property
    def only(self):
        """The one run that there is."""
        (run,) = self.runs.values()
        return run

    def values(self, key):
        """Logged values of a metric of the only run, sorted by step."""
        return [point[3] for point in sorted(self.only["points"], key=lambda each: (each[1], each[2])) if point[0] == key]

    def console(self, stream="stdout"):
        """The only run's lines of a stream, each source's in order."""
        return [text for (_, of, _), text in sorted(self.only["lines"].items()) if of == stream]
