"""« Ce n’est pas moi »."""
