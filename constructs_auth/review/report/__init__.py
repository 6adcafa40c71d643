"""Writes reviews, for people and for machines."""
