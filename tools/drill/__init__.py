"""The drill: the real product under load, killed at random, then counted (`make drill`)."""
