"""Any SPARQL 1.1 endpoint in place of our own store: what is sent there, and what is taken from there."""
