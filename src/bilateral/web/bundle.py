"""The script that draws charts in a browser: Vega out of the wheel of vl-convert, put together once a process."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from importlib import metadata
from threading import Lock

_turn = Lock()
_MAKE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"


@cache
def version() -> str:
    """The version of what the script is made of; "" where the package is missing and charts are pictures only."""
    try:
        return metadata.version("vl-convert-python")
    except metadata.PackageNotFoundError:
        return ""


def script() -> bytes:
    """The script. Putting it together takes seconds; who asks meanwhile waits."""
    with _turn:
        return _made()


@cache
def _made() -> bytes:
    """Made by a process of its own: in this one vl-convert would let nothing else be answered meanwhile."""
    return subprocess.run([sys.executable, "-c", _MAKE], capture_output=True, check=True).stdout
