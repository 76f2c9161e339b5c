"""What the city report shows, and the file that describes a city: views for pages."""
