"""The steps between the secret of a letter and an access: courriel, mailbox, link, password."""
