"""Messages of the clients."""
