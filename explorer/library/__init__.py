"""The façade: open a folder, refresh it, search it. Both front ends speak only to this."""
