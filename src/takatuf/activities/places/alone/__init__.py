"""What a table says of its places by itself, where no gazetteer can be asked."""
