"""From files that people send to reports, with every problem named."""
