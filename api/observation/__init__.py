"""What who runs the service sees of it: a line of the log for each request, and counts of everything."""
