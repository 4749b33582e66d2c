"""Documents: files that somebody added to a young person's file, such as a letter or an order.

No photographs and no video. What is kept is a cleaned copy, sealed, and never shown in a page.
"""
