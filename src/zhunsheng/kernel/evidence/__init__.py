"""佐证材料: files stored by digest, checked by content, never trusted (``actions``, ``queries``, ``sweep``)."""
