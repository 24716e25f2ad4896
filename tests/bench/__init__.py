"""How fast it is: our API beside a floor that does the same work with nothing in between, on this machine, in one run.

`bin/bench` runs it; docs/performance.md says how it measures and how to read the table.
"""
