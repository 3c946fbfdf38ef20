"""How the sample site's pictures are drawn."""
