"""What can go wrong around a ledger: killed programs, full disks, crowds of writers, damaged files, nasty text.

`NTMTRACK_ROUNDS` makes the same tests run long (see benchmarks/README.md).
"""
