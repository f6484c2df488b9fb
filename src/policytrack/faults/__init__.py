"""The checks that reading itself makes, each with its page; rules have theirs in their docstrings."""
