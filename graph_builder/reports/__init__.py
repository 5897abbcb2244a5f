"""The parts of the report: rules of shapes and checks, places, and one module for each form it takes."""
