"""Who does what where: partners' tables as activities, with the questions that they raise.

Nothing is repaired silently and nothing is guessed silently: what a cell says is kept as it was
entered, what we take it for stands beside it, and what has two readings becomes a question.
"""
