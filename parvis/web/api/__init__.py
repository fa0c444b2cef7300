"""The REST interface of the agency's programs: `/api/v1/`, opened by a key, never by a session."""
