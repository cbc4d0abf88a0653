"""Worker processes: reading and analysing where a crash, a hang or a bomb cannot reach the app."""
