"""The SPARQL endpoint over HTTP: read a request, answer it whole, send it at the reader's pace."""
