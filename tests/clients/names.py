"""Names that the system of the tests and its clients share; the system itself needs Node."""

STACK = "clients"
REGION = "eu-west-1"
APPLICATION = "http://localhost:5173/"
"""Where the application in a browser is."""

SERVER = "https://app.acme.example/oauth/callback"
"""Where a server takes its users back."""
