"""A signed-in person proves again who they are."""
