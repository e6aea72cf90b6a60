"""Each module holds one check of a plan, pure, giving findings in the order of the document."""
