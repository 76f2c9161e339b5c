"""Networks from files: roads and areas from three map formats, water from EPANET files."""
