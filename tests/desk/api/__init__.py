"""Tests of watchfloor.desk.api."""
