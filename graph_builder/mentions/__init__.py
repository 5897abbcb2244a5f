"""Where the texts of the documents name things: by a label, a short form, or a word like 「同法」."""
