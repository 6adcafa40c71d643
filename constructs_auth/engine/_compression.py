"""Compress and decompress in threads, which do not need Python, while the caller works on."""

import io
import shutil
import tempfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

FAST = 1
"""The level of compression. A better one would take a second more, and save 3 of 15 MB."""

_GZIP = zlib.MAX_WBITS | 16
# After each part, a thread waits up to 5 milliseconds for Python, so the parts are large.
_BYTES_READ = 1 << 18
_BYTES_WRITTEN = 1 << 20


class Writable(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> object: ...


Result = TypeVar("Result")


class _Thread:
    """Makes one call after the other in a thread; where none can start, at once."""

    def __init__(self) -> None:
        self._thread = _executor()

    def call(self, function: Callable[[], Result]) -> Callable[[], Result]:
        """Call *function*; what is returned waits for its result. Wait before the next call."""
        if self._thread is not None:
            try:
                return self._thread.submit(function).result
            except RuntimeError:
                self._thread = None
        result = function()
        return lambda: result

    def end(self) -> None:
        """Wait for the end of the last call."""
        if self._thread is not None:
            self._thread.shutdown()


def _executor() -> "ThreadPoolExecutor | None":
    """Return what starts a thread. At the end of Python, its import fails, as each thread does."""
    try:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415
    except RuntimeError:
        return None
    return ThreadPoolExecutor(1)


class Unpacked(io.BufferedIOBase):
    """The content of a gzip file, as a stream. A thread unpacks the next part in advance."""

    def __init__(self, packed: IO[bytes]) -> None:
        """Read from *packed*, which must stay open until this stream is closed."""
        self._packed = packed
        self._unpacker = zlib.decompressobj(_GZIP)
        self._thread = _Thread()
        self._next = self._thread.call(self._unpack)
        self._part = memoryview(b"")

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, at most *size* of them; none are the end.

        Raises:
            zlib.error: The file is not a gzip file.
        """
        if not self._part:
            self._part = memoryview(self._next())
            self._next = self._thread.call(self._unpack)
        end = len(self._part) if size is None or size < 0 else size
        read, self._part = self._part[:end], self._part[end:]
        return bytes(read)

    def close(self) -> None:
        """Wait for the thread."""
        self._thread.end()
        super().close()

    def _unpack(self) -> bytes:
        while packed := self._packed.read(_BYTES_READ):
            if part := self._unpacker.decompress(packed):
                return part
        return b""


class Packed:
    """A temporary gzip file. A thread packs what is written.

    Raises:
        OSError: From each method; what was written cannot be stored.
    """

    def __init__(self, folder: Path, level: int = FAST) -> None:
        """Create the file in *folder*; it has no name. Level 0 is for what is packed already."""
        self.size = 0
        """How many bytes were written, before they are packed."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (__exit__ closes it)
        self._packer = zlib.compressobj(level, wbits=_GZIP)
        self._part = bytearray()
        self._thread = _Thread()
        self._stored: Callable[[], None] = lambda: None

    def __enter__(self) -> Self:
        """Return the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        """Wait for the thread, and remove the file."""
        self._thread.end()
        self._file.close()

    def write(self, data: bytes, /) -> None:
        """Write some bytes."""
        self._part += data
        self.size += len(data)
        if len(self._part) >= _BYTES_WRITTEN:
            self._pack()

    def copy_to(self, target: IO[bytes]) -> None:
        """Finish the gzip file, and copy it."""
        self._pack()
        self._stored()
        self._file.write(self._packer.flush())
        self._file.seek(0)
        shutil.copyfileobj(self._file, target)

    def _pack(self) -> None:
        self._stored()
        part, self._part = self._part, bytearray()
        self._stored = self._thread.call(partial(self._store, part))

    def _store(self, part: bytearray) -> None:
        self._file.write(self._packer.compress(part))
