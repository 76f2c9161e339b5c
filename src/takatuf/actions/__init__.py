"""What a person can do: one verb, one module; every one asks the permissions first."""
