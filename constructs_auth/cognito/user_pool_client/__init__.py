"""The app client: one application that signs users of a pool in."""
