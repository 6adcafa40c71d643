"""An existing system as a Python program: from a state to constructs, with an empty plan."""
