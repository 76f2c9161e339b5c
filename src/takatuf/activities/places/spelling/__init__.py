"""How places are written: names, codes and countries in the form in which they are compared."""
