"""Showing what was scored: tables for people, formats for programs."""
