"""For tests: a key service on this machine that speaks as the transit engine is documented to."""

import base64
import contextlib
import http.server
import json
import threading

import tink
from tink import aead

aead.register()


class Transit:
    """Named keys with their versions, who may ask, and what was asked."""

    def __init__(self):
        self.token = "an-invented-token"
        self.keys = {}
        self.asked = []
        self.answers_with = 0  # a status to give whatever is asked
        self.binds = True  # an older service ignores `associated_data`
        self.may_make = True

    def answer(self, method, path, given):
        """The status and the data for one request."""
        self.asked.append((method, path))
        part, name, *more = path.split("/")
        if part == "keys" and method == "POST" and not more:
            if not self.may_make:
                return 403, None
            self.keys.setdefault(name, [self._made()])
            return 204, None
        if name not in self.keys:
            return (404 if part == "keys" else 400), None
        return getattr(self, f"_{'rotate' if more else part}")(name, given)

    @staticmethod
    def _made():
        return tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM).primitive(aead.Aead)

    def _keys(self, name, _given):
        versions = {str(each): 1700000000 for each in range(1, len(self.keys[name]) + 1)}
        return 200, {"name": name, "type": "aes256-gcm96", "keys": versions}

    def _rotate(self, name, _given):
        self.keys[name].append(self._made())
        return 204, None

    def _bound(self, given):
        return base64.b64decode(given["associated_data"]) if self.binds else b""

    def _encrypt(self, name, given):
        sealed = self.keys[name][-1].encrypt(
            base64.b64decode(given["plaintext"]), self._bound(given)
        )
        version = len(self.keys[name])
        return 200, {"ciphertext": f"vault:v{version}:{base64.b64encode(sealed).decode()}"}

    def _decrypt(self, name, given):
        try:
            _vault, version, sealed = given["ciphertext"].split(":")
            key = self.keys[name][int(version.removeprefix("v")) - 1]
            opened = key.decrypt(base64.b64decode(sealed), self._bound(given))
        except (tink.TinkError, ValueError, IndexError):
            return 400, None
        return 200, {"plaintext": base64.b64encode(opened).decode()}


@contextlib.contextmanager
def serving(transit):
    """Its address, while it answers."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_said):
            pass

        def _answer(self):
            length = int(self.headers.get("Content-Length") or 0)
            given = json.loads(self.rfile.read(length) or b"{}")
            path = self.path.removeprefix("/v1/transit/")
            if transit.answers_with:
                status, data = transit.answers_with, None
            elif self.headers.get("X-Vault-Token") != transit.token:
                status, data = 403, None
            else:
                status, data = transit.answer(self.command, path, given)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/moved")
            body = json.dumps({"data": data} if data else {"errors": []}).encode()
            body = b"" if status == 204 else body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815  # the library's own names

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
