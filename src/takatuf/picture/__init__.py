"""What can be believed: the picture folded from the register, weighed when somebody asks."""
