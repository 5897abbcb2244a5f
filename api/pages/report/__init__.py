"""The pages of the validation report: overview, results, rules."""
