"""The questions and the engine that answers them within bounds."""
