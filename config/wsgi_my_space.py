"""Where the server finds My space."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_my_space"
application = get_wsgi_application()
