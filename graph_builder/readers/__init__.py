"""Layout readers: generic by layout, they know nothing of any one document."""
