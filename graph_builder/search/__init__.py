"""The index behind the search: what can be found, how Japanese is compared, and the file that holds it."""
