"""Labelled statements, one JSON object a line, and how well the analysis of wording finds what their labels say."""
