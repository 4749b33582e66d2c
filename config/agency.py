"""What an agency may set otherwise: limits, waits and numbers, each with its unit."""

# By role: minutes without use, and hours in all, until a session ends. Shorter for whoever sees
# the files of many, or sits where others pass by.
LEEWARD_SESSION_LIMITS = {
    "default": (30, 10),
    "residence_staff": (15, 12),
    "police_partner": (15, 8),
    "privacy_officer": (15, 8),
    "agency_administrator": (15, 8),
    "strategy_analyst": (15, 8),
}

# Signing in. Without a second factor, a worker reaches the page that sets one up and no other.
LEEWARD_SECOND_FACTOR = True
# What reaches further than a page asks for a sign-in no older than this.
LEEWARD_FRESH_MINUTES = 15
LEEWARD_FRESH_FOR_PRINT = True
# How long the link in an invitation is good for, unused.
LEEWARD_INVITATION_HOURS = 72
# How long what an administrator asks for waits for another to agree.
LEEWARD_REQUEST_HOURS = 24

# What the agency may change. Days, unless it says otherwise.
LEEWARD_NOT_SEEN_AFTER_DAYS = 30
LEEWARD_FIND_LIMIT = 20
# How long what another agency gave shows on Home.
LEEWARD_RECEIVED_ON_HOME_DAYS = 14

# Opening a file in an emergency: for how many hours, and the fewest letters of a reason in words.
LEEWARD_BREAK_GLASS_HOURS = 4
LEEWARD_BREAK_GLASS_REASON = 20
# How many searches one worker may make in how many minutes. The page searches while one types.
LEEWARD_SEARCHES = (150, 10)
# What the privacy officer is asked to look at: so many, by one worker, in so many hours. The
# worker is not told. `own_name` is a file opened in an emergency whose name is like the worker's.
LEEWARD_UNUSUAL = {
    "searches": (300, 24),
    "not_on_team": (40, 24),
    "closed": (15, 24),
    "not_theirs": (15, 24),
    "emergencies": (3, 24 * 7),
    "own_name": (1, 24 * 7),
}

# How long a class of record is kept, where the agency's own schedule differs from
# keeping/tables/retention.csv: {"file": 25} years, {"keyring_backup": 14} days.
LEEWARD_RETENTION: dict[str, int] = {}
