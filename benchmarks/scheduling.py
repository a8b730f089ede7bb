"""What a hundred workers would make of it: the scheduling of a backfill, simulated.

    python benchmarks/scheduling.py [--parts 35000] [--seconds 7700] [--spread 0.35] [--seed 1]

Partitions of lognormal length go, the largest first as the backfill gives them out, to whichever
worker is free; each costs the scheduler `--overhead` seconds (Dask: about a millisecond, see
https://distributed.dask.org/en/stable/efficiency.html), and then with every worker lost once a
day of its life, its partition begun anew on another a minute later. Prints the time to the end, how
busy the workers were, and the speed beside one worker that is never lost.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random


def simulate(
    lengths: list[float], workers: int, overhead: float, loss_h: float, chance: random.Random
) -> tuple[float, int]:
    """Seconds until the last partition is done, and how many times one was begun anew."""
    free = [(0.0, n) for n in range(workers)]
    heapq.heapify(free)
    waiting = sorted(lengths)
    given_out, end, lost = 0.0, 0.0, 0
    while waiting:
        length = waiting.pop()
        at, worker = heapq.heappop(free)
        given_out = max(given_out + overhead, at)
        life = chance.expovariate(1 / (loss_h * 3600)) if loss_h else math.inf
        if life < length:
            waiting.append(length)
            lost += 1
            heapq.heappush(free, (given_out + life + 60, worker))
        else:
            end = max(end, given_out + length)
            heapq.heappush(free, (given_out + length, worker))
    return end, lost


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=35_000)
    parser.add_argument("--seconds", type=float, default=7700)
    parser.add_argument("--spread", type=float, default=0.35)
    parser.add_argument("--overhead", type=float, default=0.001)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    middle = math.log(asked.seconds) - asked.spread**2 / 2
    lengths = [chance.lognormvariate(middle, asked.spread) for _ in range(asked.parts)]
    work = sum(lengths)
    for loss_h in (0.0, 24.0):
        told = f"a worker lost every {loss_h:.0f} h" if loss_h else "no worker lost"
        for workers in (1, 2, 10, 100, 1000):
            end, lost = simulate(lengths, workers, asked.overhead, loss_h, chance)
            print(f"{told:26} {workers:5} workers {end / 86400:9.2f} days  {work / end:7.1f} times"
                  f"  {work / end / workers:6.1%} busy  {lost} begun anew")  # fmt: skip


if __name__ == "__main__":
    main()
