"""The catalogue of the dataset: DCAT 3 and VoID, all of it from the dataset and one file of words."""
