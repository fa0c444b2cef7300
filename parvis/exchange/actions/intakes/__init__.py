"""Files that the agency brings in: received, previewed, applied when somebody says so."""
