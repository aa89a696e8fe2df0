"""What a person may ask for on a page or through the API: one function an act, and one sentence for each refusal."""
