"""Progress against a plan, design §5. Pure: facts, targets and a day in, values out; opens and prints nothing."""
