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
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

MODULE_OF_NODE = "jsii._kernel.providers.process"
"""The module of jsii that starts Node."""

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
_PAUSES_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05)


def can_start_kernel(source: bytes) -> bool:
    """Return whether `start_kernel` can take the place of `Popen` in *source*, jsii's module."""
    return sys.platform != "win32" and _CALL in source


def start_kernel(
    args: list[str], *, stdin: int, stdout: int, stderr: int, env: dict[str, str]
) -> object:
    """Start the kernel of the runtime in *args*, or the runtime itself where it is another one."""
    *node, runtime = args
    kernel = Path(runtime).parent.parent / "lib/program.js"
    if "JSII_RUNTIME" in env or not kernel.is_file() or _CHANNEL not in kernel.read_bytes():
        return subprocess.Popen(args, stdin=stdin, stdout=stdout, stderr=stderr, env=env)  # noqa: S603 (jsii's own)
    return _Kernel([*node, "--preserve-symlinks", os.fspath(kernel)], env)


class _Kernel:
    """The process of the kernel, with what jsii uses of a `Popen`.

    Attributes:
        stdin: The channel, for requests.
        stdout: The channel, for answers.
        stderr: What Node writes on both of its streams.
    """

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        """Start it.

        Raises:
            OSError: It does not start.
        """
        # jsii's own process gives sockets too, which keep more than pipes until they are read.
        pairs = [_pair() for _ in range(3)]
        (channel, output, errors), (its_channel, its_output, its_errors) = zip(*pairs, strict=True)
        try:
            # Popen cannot give a child its descriptor 3, and a shell loses some variables.
            self._pid = os.posix_spawnp(
                command[0],
                command,
                environment,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, its_output, 1),
                    (os.POSIX_SPAWN_DUP2, its_errors, 2),
                    (os.POSIX_SPAWN_DUP2, its_channel, 3),
                ],
                setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],  # as Popen does
            )
        except OSError:
            for descriptor in (channel, output, errors):
                os.close(descriptor)
            raise
        finally:
            for descriptor in (its_channel, its_output, its_errors):
                os.close(descriptor)
        self._code: int | None = None
        self._command = command
        self.stdin = _Requests(io.FileIO(os.dup(channel), "wb"))
        self.stdout = _Answers(io.FileIO(channel, "rb"))
        self.stderr = _Console(output, errors)

    def wait(self, timeout: float) -> int:
        """Wait for the end of the process, and return its exit code, negative for a signal.

        Raises:
            TimeoutExpired: It has not ended after *timeout* seconds.
        """
        until = time.monotonic() + timeout
        pauses = iter(_PAUSES_SECONDS)
        while self._code is None:
            try:
                ended, status = os.waitpid(self._pid, os.WNOHANG)
            except ChildProcessError:  # the program has waited for all of its processes
                self._code = 0
                break
            if ended:
                self._code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > until:
                raise subprocess.TimeoutExpired(self._command, timeout)
            else:
                time.sleep(next(pauses, _PAUSES_SECONDS[-1]))
        return self._code

    def terminate(self) -> None:
        """Ask the process to end."""
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGTERM)


def _pair() -> tuple[int, int]:
    """Return the descriptors of both ends of a socket: for this process, and for the other one.

    A program may have given its sockets another behavior, such as a timeout for all. Descriptors
    have none of it. The second one is none that the other process has already.
    """
    import fcntl  # noqa: PLC0415 (Windows has none)

    here, there = (end.detach() for end in socket.socketpair())
    moved = fcntl.fcntl(there, fcntl.F_DUPFD_CLOEXEC, 4)
    os.close(there)
    for descriptor in (here, moved):
        os.set_blocking(descriptor, True)
    return here, moved


class _Requests(io.BufferedWriter):
    """What Python sends to the kernel."""

    def close(self) -> None:
        """Close it, also where the kernel is gone, as after Ctrl-C: nobody needs the rest then."""
        with suppress(ConnectionError):
            super().close()


class _Answers(io.BufferedReader):
    """What the kernel sends to Python."""

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line; it is empty where the kernel is gone, whatever it had left to read."""
        try:
            return super().readline(size)
        except ConnectionError:
            return b""


class _Console:
    """What Node writes on both of its streams, in the form in which jsii reads it."""

    def __init__(self, output: int, errors: int) -> None:
        self._streams = {"stdout": output, "stderr": errors}
        self._ready = selectors.DefaultSelector()
        for name, stream in self._streams.items():
            self._ready.register(stream, selectors.EVENT_READ, name)

    def readline(self) -> bytes:
        """Wait until Node writes, and return it as a line of JSON; an empty one is the end."""
        while self._ready.get_map():
            for stream, _ in self._ready.select():
                if written := _read(stream.fd):
                    return json.dumps({stream.data: base64.b64encode(written).decode()}).encode()
                self._ready.unregister(stream.fd)
        return b""

    def close(self) -> None:
        """Close both streams."""
        self._ready.close()
        for stream in self._streams.values():
            os.close(stream)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _MOST_BYTES)
    except ConnectionError:
        return b""
