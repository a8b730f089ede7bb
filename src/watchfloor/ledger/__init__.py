"""The ledger of commitments: demanded, promised, refused, kept, overdue; a pure stage."""
