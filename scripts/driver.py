"""The window, driven from outside: WebKit's own driver over plain HTTP, for the scripts that measure it. Linux only."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

# Drawn in software, a page may take a fifth of a second a frame.
PATIENCE = 240
# How often the page is looked at, in seconds.
PAUSE = 0.02


def ask(address, body):
    request = Request(address, json.dumps(body).encode(), {"content-type": "application/json"})
    with urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)["value"]


def free_port():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


def listening(port):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as opened:
            if opened.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(PAUSE)
    sys.exit("WebKitWebDriver does not listen (Debian: webkit2gtk-driver)")


def children(process):
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def begun(process):
    """When a process was started, in milliseconds since 1970, to a hundredth of a second."""
    ticks = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19])
    awake = time.clock_gettime(time.CLOCK_BOOTTIME)
    return (time.time() - awake + ticks / os.sysconf("SC_CLK_TCK")) * 1000


class Window:
    """A running program and the session that drives it; closes with the block."""

    def __init__(self, program, environment):
        port = free_port()
        self.driver = subprocess.Popen(["WebKitWebDriver", f"--port={port}"],
                                       env={**environment, "TAURI_WEBVIEW_AUTOMATION": "true"})
        listening(port)
        options = {
            "webkitgtk:browserOptions": {"binary": str(program), "args": []},
            "timeouts": {"script": 1000 * PATIENCE},
        }
        self.address = f"http://127.0.0.1:{port}/session"
        session = ask(self.address, {"capabilities": {"alwaysMatch": options}})["sessionId"]
        self.address = f"{self.address}/{session}"
        [self.process] = children(self.driver.pid)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            urlopen(Request(self.address, method="DELETE"), timeout=PATIENCE).close()
            # The driver answers before it has ended the program; the next start needs the data folder.
            end = time.monotonic() + PATIENCE
            while Path(f"/proc/{self.process}").exists() and time.monotonic() < end:
                time.sleep(PAUSE)
        finally:
            self.driver.send_signal(signal.SIGTERM)
            self.driver.wait()

    def run(self, script, *args):
        """Runs a script in the page and returns what it returns."""
        return ask(f"{self.address}/execute/sync", {"script": script, "args": args})

    def promise(self, script, *args):
        """Runs a script that calls the last of its arguments with its answer."""
        return ask(f"{self.address}/execute/async", {"script": script, "args": args})

    def until(self, script):
        """Runs a script again and again until it returns something, and returns that."""
        end = time.monotonic() + PATIENCE
        while (seen := self.run(script)) is None:
            if time.monotonic() > end:
                sys.exit(f"gave up waiting; the page says {self.run('return document.body.innerText')}")
            time.sleep(PAUSE)
        return seen
