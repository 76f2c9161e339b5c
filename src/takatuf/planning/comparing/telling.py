"""Progress of a part, told as progress of the whole."""

from takatuf.planning.solvers.annealing import Progress


class Told:
    """Passes on how far one part of a longer work is."""

    def __init__(self, on_progress: Progress | None, offset: int, total: int) -> None:
        """Tell of a part that begins after ``offset`` schedules of ``total``."""
        self.on_progress = on_progress
        self.offset = offset
        self.total = total

    def __call__(self, done: int, of: int, best: float) -> None:
        """Tell how many schedules of this part are tried, and the best value so far."""
        if self.on_progress:
            self.on_progress(min(self.offset + min(done, of), self.total), self.total, best)

    def part(self, offset: int) -> "Told":
        """Return a teller for a part of this part."""
        return Told(self.on_progress, self.offset + offset, self.total)
