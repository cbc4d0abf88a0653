"""Files in, texts out: walking a folder and reading the formats found in it."""
