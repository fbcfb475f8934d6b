#!/usr/bin/env bash
# django-ninja 1.7.1 with Django 5.2.19 (PyPI), and the server of Django's "runserver".
#
# OpenAPI 3.1.0, Parameter Object, name (https://spec.openapis.org/oas/v3.1.0#parameter-object):
# in a header it is the name of the field, of which only the case means nothing. An
# argument page_token: str = Header() is documented as the header "page_token". A WSGI
# server does not pass such a name on, because the variable HTTP_PAGE_TOKEN is that of
# "page-token", too (https://docs.djangoproject.com/en/5.2/ref/request-response/, META), so
# the only name that is read is one that the document does not have. Every request that keeps to
# the document is refused for a required header, and an optional one has no effect.
# FastAPI, after which the function is made, has the hyphen in its document.
#
# Seen: page_token is in the document and refused with 422, page-token is answered with 200. With
# alias="Page-Token" that name is in the document, and answered with 200.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django-ninja==1.7.1 Django==5.2.19

cat >main.py <<'PY'
import http.client
import json
import sys
import threading

import django
from django.conf import settings

settings.configure(ROOT_URLCONF="main", SECRET_KEY="x", ALLOWED_HOSTS=["*"])
django.setup()

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.urls import path
from ninja import Header, NinjaAPI

api = NinjaAPI()


@api.get("/plain")
def plain(request, page_token: str = Header(...)):
    return page_token


@api.get("/alias")
def alias(request, page_token: str = Header(..., alias="Page-Token")):
    return page_token


urlpatterns = [path("", api.urls)]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def main():
    server = WSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def get(path, headers):
        connection = http.client.HTTPConnection(*server.server_address[:2])
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())

    document = get("/openapi.json", {})[1]
    same = True
    for path, header, named, want in [
        ("/plain", "page_token", True, 422),
        ("/plain", "page-token", False, 200),
        ("/alias", "Page-Token", True, 200),
    ]:
        (parameter,) = document["paths"][path]["get"]["parameters"]
        documented = (parameter["in"], parameter["name"], parameter["required"]) == ("header", header, True)
        status, body = get(path, {header: "a"})
        print(f"{path}: {header}, in the document: {documented}: {status} {body}")
        same = same and documented == named and status == want
    if not same:
        print("this is not what was seen")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    sys.modules["main"] = sys.modules["__main__"]
    main()
PY
venv/bin/python main.py
