"""The tools of the project: what they conclude."""
