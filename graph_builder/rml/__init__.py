"""RML mappings as typed models, compiled to one Ibis expression for each triples map."""
