"""Says which texts are the same or nearly the same: a sketch of each text, and the groups that sketches show."""
