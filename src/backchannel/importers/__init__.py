"""What is given as markup, as the head of a record or as a table becomes people, states and claims like those read."""
