"""Safety copies: the whole site in one file, and back. `dumps` reads and writes the database, `archives` the file."""
