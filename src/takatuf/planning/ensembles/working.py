"""What a worker process does: one item after another, until nobody hands it any more."""

import pickle
import signal
from multiprocessing.connection import Connection


def work(pipe: Connection, function: bytes) -> None:
    """Answer each item that comes through the pipe with ``(True, result)`` or ``(False, error)``.

    Args:
        pipe: Closed by the other side when there is nothing left to do.
        function: Pickled; what is applied to each item.
    """
    # An interrupt at the keyboard reaches all processes; only the first one may decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        try:
            answer = (True, pickle.loads(function)(item))  # noqa: S301 - from our own parent
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
            answer = (False, _portable(error))
        pipe.send(answer)


def _portable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what we just made
    except Exception:  # noqa: BLE001 - whatever an error does when it is copied
        return RuntimeError(repr(error))
    return error
