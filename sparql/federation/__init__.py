"""SERVICE to allow-listed partners: planned in a worker, asked by the front, joined in a worker."""
