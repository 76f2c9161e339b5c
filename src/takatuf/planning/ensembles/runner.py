"""Who does many pieces of the same work, and what is promised of it.

Whoever runs the work, on however many workers, and whichever of them die: the results are those
of the plain loop, in the order of the items. So everything random must come from the item.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Done = Callable[[int, int], None]  # items done, of how many

MAX_DEATHS = 3  # workers that one item may take with it before it is given up


class Runner(Protocol):
    """Applies a function to items."""

    def run(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        on_progress: Done | None = None,
    ) -> list[Result]:
        """Return the result of each item, in their order.

        Args:
            function: Can be pickled; gives the same result for the same item anywhere.
            items: Can be pickled.
            on_progress: Told how many items are done.

        Raises:
            UnavailableError: The workers cannot be had, or an item kills each that takes it up.
        """
        ...
