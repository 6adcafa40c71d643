"""Connect Python with jsii's kernel in Node, without the process that jsii puts between them.

jsii starts a Node process, which starts another one for the kernel and copies each message between
it and Python. The kernel reads and writes its file descriptor 3. This module starts the kernel
itself, with a socket as that descriptor: a program starts one Node process less, and no message is
copied on its way.
"""

import base64
import io
import json
import os
import selectors
import socket
import subprocess
import sys
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

MODULE_OF_NODE = "jsii._kernel.providers.process"
"""The module of jsii that starts Node."""

_SHELL = Path("/bin/sh")
# A child gets the descriptors 0 to 2 from Popen; the shell moves one of them.
_WITH_CHANNEL = 'exec "$@" 3<&0 </dev/null'
_CALL = b"""\
        self._process = subprocess.Popen(
            [
                jsii_node,
                "--max-old-space-size=4069",
                jsii_runtime,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environ,
        )
"""
_CHANNEL = b"readFD:3,writeFD:3"
_MOST_BYTES = 65_536


class ProcessLoader(SourceFileLoader):
    """Load jsii's module; where its start of Node is the known one, it starts the kernel itself."""

    def exec_module(self, module: ModuleType) -> None:
        """Load it; then let its name `subprocess` be a copy of that module with another `Popen`."""
        super().exec_module(module)
        if sys.platform == "win32" or not _SHELL.exists() or _CALL not in self.get_data(self.path):
            return
        starting = ModuleType("subprocess")
        vars(starting).update(vars(subprocess))
        vars(starting)["Popen"] = _start
        vars(module)["subprocess"] = starting


def _start(args: list[str], *, stdin: int, stdout: int, stderr: int, env: dict[str, str]) -> object:
    """Start the kernel of the runtime in *args*, or the runtime itself where it is another one.

    The result has what jsii uses: the channel as `stdin` and `stdout`, and the console as `stderr`.
    """
    *node, runtime = args
    kernel = Path(runtime).parent.parent / "lib/program.js"
    if "JSII_RUNTIME" in env or not kernel.is_file() or _CHANNEL not in kernel.read_bytes():
        return subprocess.Popen(args, stdin=stdin, stdout=stdout, stderr=stderr, env=env)  # noqa: S603 (jsii's own)
    command = [*node, "--preserve-symlinks", os.fspath(kernel)]
    # A program may have given its sockets another behavior, such as a timeout for all; files of
    # their descriptors have none of it.
    here, there = (end.detach() for end in socket.socketpair())
    for descriptor in (here, there):
        os.set_blocking(descriptor, True)
    try:
        process: Any = subprocess.Popen(  # noqa: S603 (the Node.js and the kernel of jsii)
            [os.fspath(_SHELL), "-c", _WITH_CHANNEL, os.fspath(_SHELL), *command],
            stdin=there,
            stdout=stdout,
            stderr=stderr,
            env=env,
        )
    except OSError:
        os.close(here)
        raise
    finally:
        os.close(there)
    process.stderr = _Console(process.stdout, process.stderr)
    process.stdin = _Requests(io.FileIO(os.dup(here), "wb"))
    process.stdout = io.BufferedReader(io.FileIO(here, "rb"))
    return process


class _Requests(io.BufferedWriter):
    """What Python sends to the kernel."""

    def close(self) -> None:
        """Close it, also where the kernel is gone, as after Ctrl-C: nobody needs the rest then."""
        with suppress(ConnectionError):
            super().close()


class _Console:
    """What Node writes on both of its streams, in the form in which jsii reads it."""

    def __init__(self, stdout: BinaryIO, stderr: BinaryIO) -> None:
        self._streams = {"stdout": stdout, "stderr": stderr}
        self._ready = selectors.DefaultSelector()
        for name, stream in self._streams.items():
            self._ready.register(stream, selectors.EVENT_READ, name)

    def readline(self) -> bytes:
        """Wait until Node writes, and return it as a line of JSON; an empty one is the end."""
        while self._ready.get_map():
            for stream, _ in self._ready.select():
                if written := os.read(stream.fd, _MOST_BYTES):
                    return json.dumps({stream.data: base64.b64encode(written).decode()}).encode()
                self._ready.unregister(stream.fileobj)
        return b""

    def close(self) -> None:
        """Close both streams."""
        self._ready.close()
        for stream in self._streams.values():
            stream.close()
