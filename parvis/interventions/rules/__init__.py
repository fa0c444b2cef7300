"""What holds without a database: the machine of states, the delays, what comes next, what resembles what."""
