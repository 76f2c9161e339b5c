"""What people judge: whether two things are one, and what a statement is worth."""
