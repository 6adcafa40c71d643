"""Writes a new project: a program, its first test, and the settings of its tools."""
