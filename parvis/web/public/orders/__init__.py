"""What a supplier does with the link of an order: offers times, says that it is done, sends photos and an invoice."""
