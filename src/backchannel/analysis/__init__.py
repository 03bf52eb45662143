"""Analysis: answers made from conversations and their claims, as small records that any screen can show."""
