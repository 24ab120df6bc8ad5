"""A second proof that somebody is who they say: a code of an app on their telephone (TOTP, RFC 6238)."""
