"""The middle of the house: what an article is, on disk and in memory. Knows nothing of loading, pages or search."""
