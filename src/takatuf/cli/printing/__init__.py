"""How the commands print for people: in the words of the pages, at any width."""
