"""Tests of watchfloor.desk.access."""
