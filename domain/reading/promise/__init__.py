"""From a draft to what a provision says: its kind, its words, how much, from when, by whom and where."""
