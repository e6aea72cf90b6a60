"""Every refusal, worded once: what and where, then what to do.

A raise site passes facts (`raise UnknownUnit(name=…, near=…)`); the class holds the words and the exit code.
One boundary, `ntmtrack.cli.main`, shows them. Exit codes: 1 refused · 2 misused · 3 problems found in data ·
4 database newer than the program · 5 year closed · 6 database busy or not writable · 70 a bug · 130 interrupted.
"""

from ntmtrack.errors.awards import *
from ntmtrack.errors.base import *
from ntmtrack.errors.calendar import *
from ntmtrack.errors.criteria import *
from ntmtrack.errors.database import *
from ntmtrack.errors.export import *
from ntmtrack.errors.files import *
from ntmtrack.errors.forms import *
from ntmtrack.errors.imports import *
from ntmtrack.errors.join import *
from ntmtrack.errors.ledger import *
from ntmtrack.errors.measures import *
from ntmtrack.errors.movements import *
from ntmtrack.errors.proposals import *
from ntmtrack.errors.query import *
from ntmtrack.errors.registers import *
from ntmtrack.errors.roadmaps import *
from ntmtrack.errors.server import *
from ntmtrack.errors.tasks import *
from ntmtrack.errors.units import *
