"""Reads: SQL text with named parameters, rows turned into values of `model` before they leave."""
