"""The archive's controlled words: regions, topics, newspapers, known events. The keeper's files extend the defaults."""
