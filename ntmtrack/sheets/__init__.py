"""Tables that come in as files: rows turned into values of `model`."""
