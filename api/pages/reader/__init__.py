"""The reader: the text of a document line by line, with what became of it beside each line."""
