"""The web server: `scripts/web` runs this module, which is granian's main process.

It loads neither Django nor anything of the project but this module: each worker, which is a copy of it, does that in
seconds, and what a reload starts must find the code as it is then. Settings and database are looked at by a process of
their own, while granian is loaded.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

#: Folders of media that granian hands out: public files alone. Whether a document may be read, Wagtail decides. Granian
#: says of a file what its name says, and nothing against sniffing: cms/media/models.py lets only names of rasters in.
PUBLIC_FOLDERS = ("images", "original_images")
#: Of prctl(2): the signal that the kernel sends a process when its parent has ended.
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve; end with a sentence where settings are wrong, or those of another database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
    start = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "cms.operations.web_start", str(os.getpid())],
        stdout=subprocess.PIPE,
        text=True,
    )
    from granian import Granian
    from granian.constants import Interfaces

    media, _no_errors = start.communicate()
    if start.returncode:
        sys.exit(start.returncode)
    folders = [Path(media) / name for name in PUBLIC_FOLDERS]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux":
        os.register_at_fork(after_in_child=_end_with(os.getpid()))
    Granian(
        "cms.wsgi:application",
        interface=Interfaces.WSGI,
        websockets=False,
        address=os.environ.get("WEB_HOST") or "127.0.0.1",
        port=int(os.environ.get("PORT") or 8000),
        workers=int(os.environ.get("WEB_WORKERS") or 2),
        blocking_threads=int(os.environ.get("WEB_THREADS") or 4),
        respawn_failed_workers=True,
        # On HUP each worker is replaced by a new one, which takes over after so many seconds: loading takes three, and
        # more on a busy machine.
        respawn_interval=10,
        workers_kill_timeout=10,
        static_path_route=[f"/media/{name}" for name in PUBLIC_FOLDERS],
        static_path_mount=folders,
    ).serve()


def _end_with(parent: int) -> Callable[[], None]:
    """What lets a worker end with granian's main process, which may be killed: it would keep the port for ever."""
    prctl = ctypes.CDLL(None).prctl
    has_run = False

    def end_with_parent() -> None:
        nonlocal has_run
        if has_run:
            return  # a child of a worker
        has_run = True
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # it has ended meanwhile

    return end_with_parent


if __name__ == "__main__":
    main()
