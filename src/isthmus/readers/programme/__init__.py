"""Read the folder a programme is chosen from: projects, costs, benefits, budgets and what binds them."""
