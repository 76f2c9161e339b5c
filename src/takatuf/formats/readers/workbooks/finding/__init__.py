"""Find the tables of a sheet: tags, headers, rows of data, and what stands around them."""
