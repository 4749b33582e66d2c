"""The sealer beside the server: which trees there are."""

import uuid

from leeward.accounts.models import Agency
from leeward.audit.models import INSTALLATION


def every_tree() -> list[uuid.UUID]:
    """Each agency's tree, and the one of rows that belong to none."""
    return [INSTALLATION, *Agency.objects.order_by("pk").values_list("pk", flat=True)]
