"""The server under the application: its connections, their bounds, and how it ends."""
