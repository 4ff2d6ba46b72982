"""A study in: its settings, ledger, levers, targets and what its border is priced from."""
