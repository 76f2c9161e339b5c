"""Many plans or many samples of one, on the cores of this machine or on many machines."""
