"""Plans written for the tests, each with what a careful clerk reads in it."""
