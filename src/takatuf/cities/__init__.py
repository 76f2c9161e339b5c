"""Cities that the package ships, each a folder of data with what was said of it."""
