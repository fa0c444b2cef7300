"""Weight, speed and memory, measured against references of the same run: `make bench`."""
