"""Documents: what is online, what was brought in and waits to be."""
