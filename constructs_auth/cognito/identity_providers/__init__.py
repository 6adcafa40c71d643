"""The identity providers of a user pool: social ones, OpenID Connect and SAML."""
