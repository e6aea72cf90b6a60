"""Which parser opens foreign workbooks: the one that refuses XML that defines entities, whatever else is installed."""

import subprocess
import sys


def test_workbooks_are_read_by_the_guarded_parser_also_beside_lxml():
    asked = "import ntmtrack.spreadsheets.open, openpyxl.xml as xml; print(xml.LXML, xml.DEFUSEDXML)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "True"]
