"""Every claim of speed, as a ratio against a named peer, both timed in one run."""
