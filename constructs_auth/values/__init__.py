"""Settings of user pools and their clients as frozen values; they do not need Node.js."""
