"""How large a file and a table may be: more than any office fills in, and no more than memory holds."""

MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_LINES = MOST_ROWS + 100  # with the letterhead, the headings, the sums and the signatures about the table
MOST_FILLED = 500_000  # cells that hold something
