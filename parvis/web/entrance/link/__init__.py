"""What the address of a message opens."""
