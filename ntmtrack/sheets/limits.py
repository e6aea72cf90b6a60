"""How large a file and a table may be: more than any office fills in, and no more than memory holds.

Of Excel's own bounds see `ntmtrack.excel`.
"""

_MEGA = 1_000_000

# A table.
MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_LINES = MOST_ROWS + 100  # with the letterhead, the headings, the sums and the signatures about the table
MOST_FILLED = 500_000  # cells that hold something
MOST_MERGED = 50_000  # blocks of merged cells that are looked at
LAST_HIDDEN_COLUMN = 1_000

# A file, in bytes.
LARGEST_FILE = 100 * _MEGA
LARGEST_REPAIRED = 60 * _MEGA  # unfolded, held as a whole to be repaired
LARGEST_MARKED = 15 * _MEGA  # of all sheets: some 250.000 cells, 200 MB in memory

# An archive, as .xlsx and .ods are, in bytes unfolded.
MOST_STREAMED = 300 * _MEGA  # a sheet, read row by row; some are formatted down to their last row
MOST_HELD = 50 * _MEGA  # any other part, held as a whole
MOST_PARTS = 5_000
MOST_PACKED = 150  # times smaller than itself: real sheets reach 30, a bomb 1.000
PACKED_FROM = 5 * _MEGA
