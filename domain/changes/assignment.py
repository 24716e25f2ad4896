"""The pairing with the least cost in all: Jonker and Volgenant's shortest augmenting paths, O(n^3) (Computing 38, 1987)."""

from collections.abc import Sequence


def assigned(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row its column; there are at least as many columns as rows. Costs are whole numbers: ties are exact."""
    rows, columns = len(costs), len(costs[0]) if costs else 0
    of_row, of_column = [0] * (rows + 1), [0] * (columns + 1)
    # Row that holds each column; columns and rows count from 1, 0 is "none".
    holder, came_from = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        holder[0], column = row, 0
        least: list[float | int] = [float("inf")] * (columns + 1)
        left = list(range(1, columns + 1))
        tree = [0]
        while holder[column]:
            current = holder[column]
            line, height = costs[current - 1], of_row[current]
            step: float | int = float("inf")
            nearest = 0
            for each in left:
                reduced = line[each - 1] - height - of_column[each]
                if reduced < least[each]:
                    least[each], came_from[each] = reduced, column
                if least[each] < step:
                    step, nearest = least[each], each
            step = int(step)
            for each in tree:
                of_row[holder[each]] += step
                of_column[each] -= step
            for each in left:
                least[each] -= step
            left.remove(nearest)
            tree.append(nearest)
            column = nearest
        while column:
            holder[column], column = holder[came_from[column]], came_from[column]
    found = [0] * rows
    for column in range(1, columns + 1):
        if holder[column]:
            found[holder[column] - 1] = column - 1
    return found
