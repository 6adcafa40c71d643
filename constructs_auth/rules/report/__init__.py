"""Writes the results of the rules, for people and for machines."""
