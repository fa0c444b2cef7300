"""Documents légaux: what is missing in which building."""
