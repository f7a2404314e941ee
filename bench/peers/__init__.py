"""What the bot is measured against, as small as it can be: each module is a process of its own."""
