"""Settings of how young people come in: the same for both doors."""

import os

# My space: the young person's own door (config.my_space, ADR 40).
LEEWARD_MY_SPACE_HOSTS = [
    host for host in os.environ.get("LEEWARD_MY_SPACE_HOSTS", "").split(",") if host
]
# Where a young person goes to come in, as a worker tells them: `https://` and a neutral name.
LEEWARD_MY_SPACE_ADDRESS = os.environ.get("LEEWARD_MY_SPACE_ADDRESS", "")
# What it may look like: the first is what its bare address shows. An agency offers all or some.
LEEWARD_MY_SPACE_FACES = ("notes", "weather", "recipes")
# Where whoever leaves is taken. Nothing is asked of it before.
LEEWARD_MY_SPACE_LEAVE_TO = os.environ.get("LEEWARD_MY_SPACE_LEAVE_TO", "https://weather.gc.ca/")
# Where else an agency may let its young people be taken: each `https://`, and as dull as that.
LEEWARD_MY_SPACE_PLACES = ("https://www.wikipedia.org/", "https://www.cbc.ca/")
# Minutes without use, and in all, until a visit ends; on a device that is not theirs, sooner.
LEEWARD_MY_SPACE_MINUTES = {"own": (10, 120), "borrowed": (5, 20)}
# How long words may wait for their first use; how long what only the young person sees stays
# closed after words were made anew; the least time an answer to words and a number takes.
LEEWARD_CODE_HOURS = 72
LEEWARD_PRIVATE_HOURS = 72
LEEWARD_ENTRY_SECONDS = 1.0
