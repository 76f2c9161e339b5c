"""Binary heaps in arrays: the smallest key first, and of equal keys the smallest item.

Several heaps share one array; ``offset`` says where one begins. Arrays are passed whole
because compiled code would count a reference for every slice.
"""

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import Floats, Ints


@compiled
def is_ahead(row: Floats, one: int, other: int) -> bool:
    """Say whether one item comes before another: by key, then by its number."""
    return bool(row[one] < row[other] or (row[one] == row[other] and one < other))


@compiled
def push(heap: Ints, offset: int, size: int, item: int, row: Floats) -> None:
    """Put an item into a heap that has `size` items before; ``heap`` has room for it."""
    child = size
    while child > 0:
        parent = (child - 1) >> 1
        if not is_ahead(row, item, heap[offset + parent]):
            break
        heap[offset + child] = heap[offset + parent]
        child = parent
    heap[offset + child] = item


@compiled
def pop(heap: Ints, offset: int, size: int, row: Floats) -> int:
    """Take out the first item of a heap that has `size` items before, 1 or more."""
    first = heap[offset]
    last = size - 1
    item = heap[offset + last]
    parent = 0
    while True:
        child = 2 * parent + 1
        if child >= last:
            break
        if child + 1 < last and is_ahead(row, heap[offset + child + 1], heap[offset + child]):
            child += 1
        if not is_ahead(row, heap[offset + child], item):
            break
        heap[offset + parent] = heap[offset + child]
        parent = child
    heap[offset + parent] = item
    return int(first)
