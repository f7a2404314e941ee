"""A Slack bot for the maturity of cloud cost management."""
