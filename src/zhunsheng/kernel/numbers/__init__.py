"""编号: gap-free series of numbers of documents (see ``taking``)."""
