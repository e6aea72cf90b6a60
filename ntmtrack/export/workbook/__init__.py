"""A document laid out as an Excel workbook, as an office prints it."""
