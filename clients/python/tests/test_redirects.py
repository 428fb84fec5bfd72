"""A hub that sends a reader on to the store a file is kept in."""

import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lemma.hub import Hub


class Place:
    """Answers what ``said`` holds by path: bytes, or an address to go to. ``asked`` is who was said to ask, by path."""

    def __init__(self, said):
        self.asked = {}
        place = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                place.asked[self.path] = (self.headers.get("authorization"), self.headers.get("cookie"))
                found = said[self.path]
                self.send_response(302 if isinstance(found, str) else 200)
                if isinstance(found, str):
                    self.send_header("location", found)
                self.end_headers()
                if isinstance(found, bytes):
                    self.wfile.write(found)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Redirects(unittest.TestCase):
    def test_a_file_is_read_from_the_store_and_the_token_stays_at_the_hub(self):
        store = Place({"/kept?signed=yes": b"weights"})
        hub = Place({"/file": store.url + "/kept?signed=yes"})
        self.addCleanup(store.stop)
        self.addCleanup(hub.stop)
        self.assertEqual(Hub(hub.url, "secret").file("/file", 100), b"weights")
        self.assertEqual((hub.asked["/file"], store.asked["/kept?signed=yes"]), (("Bearer secret", None), (None, None)))

    def test_the_same_hub_is_told_who_asks_at_its_other_address_too(self):
        hub = Place({"/old": "/new", "/new": b"moved"})
        self.addCleanup(hub.stop)
        self.assertEqual(Hub(hub.url, "secret").file("/old", 100), b"moved")
        self.assertEqual(hub.asked["/new"], ("Bearer secret", None))


if __name__ == "__main__":
    unittest.main()
