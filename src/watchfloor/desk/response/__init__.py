"""What the pages and the API of the response share: gathering, drafting, writing out, undoing."""
