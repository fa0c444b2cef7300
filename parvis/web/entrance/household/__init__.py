"""The link of an invitation: a second person of the household opens their own login."""
