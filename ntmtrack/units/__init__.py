"""What a typed name means, and the national lists of units."""
