"""The description of the service in OpenAPI: one file for each module of routes, and what they share."""
