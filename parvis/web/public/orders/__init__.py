"""What a supplier does with the link of an order: offers times, declines, begins, is done, sends photos and papers."""
