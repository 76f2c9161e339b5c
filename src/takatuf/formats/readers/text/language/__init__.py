"""The words of a text: their forms, and the numbers and dates they make."""
