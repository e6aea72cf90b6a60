"""A ledger of recognition for Vietnam's New Rural Areas programme (nông thôn mới, NTM)."""

__version__ = "0.1.0"
