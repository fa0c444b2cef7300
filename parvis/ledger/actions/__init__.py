"""What is made from the books and given to their clients."""
