"""Entry: how a young person comes in to what is their own, who helps them, and how they leave."""
