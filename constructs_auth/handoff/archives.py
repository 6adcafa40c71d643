"""Looks into archives, in which CDKTF writes the time of each file."""

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator


def same_files(earlier: bytes, content: bytes) -> bool:
    """Return whether two archives differ only in the times of their files.

    Every other byte counts, because others may write to the folder of *earlier*, and two programs
    can read different files from one archive.
    """
    if len(earlier) != len(content):
        return False
    try:
        times = [*_times(content)]
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError):
        return False
    return _without(earlier, times) == _without(content, times)


def names_in(content: bytes) -> tuple[str, ...]:
    """Return the names of the files in an archive; none if *content* is not an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return tuple(opened.namelist())
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError):
        return ()


def _times(archive: bytes) -> Iterator[int]:
    """Walk through the positions of the times of the files in an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        position = opened.start_dir
        for entry in opened.infolist():
            yield entry.header_offset + 10
            yield position + 12
            position += 46 + sum(struct.unpack_from("<3H", archive, position + 28))


def _without(archive: bytes, times: Iterable[int]) -> bytes:
    changed = bytearray(archive)
    for position in times:
        changed[position : position + 4] = bytes(4)
    return bytes(changed)
