"""交办: something found is given to a unit, signed for, answered, checked, closed (``actions``, ``queries``, ``flow``)."""
