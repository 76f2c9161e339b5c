"""What to do first, together: the planning problem, its solvers, and the independent checker."""
