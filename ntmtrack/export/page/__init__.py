"""The page to look at: its parts as HTML, with the style and the script that go into it."""
