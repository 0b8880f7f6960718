"""Changes to plans: one change, one function; each checks, does, and is in the journal under its actor."""
