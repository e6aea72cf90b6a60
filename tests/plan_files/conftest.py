"""Problems are compared in English, the language of the code."""

import pytest

from ntmtrack.i18n import use_language


@pytest.fixture(autouse=True)
def english():
    """Problems are compared in English, the language of the code."""
    use_language("en")
    yield
    use_language("vi")
