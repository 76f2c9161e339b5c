"""Partners' workbooks: understood, asked about, taken in, given back, and made into products."""
