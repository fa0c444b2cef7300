"""What happens at the entrance: letters, sign-in, first connection, passwords."""
