"""The words of a plan as printed, with marks on what was read: what the public page and the desk draw alike."""
