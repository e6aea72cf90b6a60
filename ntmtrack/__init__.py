"""A ledger of recognition for Vietnam's New Rural Areas programme (nông thôn mới, NTM)."""

__version__ = "0.2.0.dev0"
