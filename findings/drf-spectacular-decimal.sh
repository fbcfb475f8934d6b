#!/usr/bin/env bash
# drf-spectacular 0.30.0 (PyPI), with Django 5.2.19 and djangorestframework 3.18.3.
#
# A DecimalField(min_value=1) is documented as a string with a pattern, and its bounds are
# lost, because minimum says nothing of strings. The pattern allows what the serializer
# made from the same field refuses: an amount below the minimum, and an empty text. A
# client that keeps to the document is answered with 400.
#
# Seen: "-1" and "" meet the documented pattern, and are refused; "1.50" meets it and is
# accepted.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check drf-spectacular==0.30.0 Django==5.2.19 djangorestframework==3.18.3

cat >main.py <<'PY'
import re, sys
import django
from django.conf import settings

settings.configure(ROOT_URLCONF="main", INSTALLED_APPS=["rest_framework", "drf_spectacular"], REST_FRAMEWORK={
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema", "UNAUTHENTICATED_USER": None,
    "DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": []})
django.setup()
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework import generics, serializers

class Price(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=8, decimal_places=2, min_value=1)

class Prices(generics.CreateAPIView):
    serializer_class = Price

urlpatterns = [path("prices", Prices.as_view())]
document = SchemaGenerator(patterns=urlpatterns).get_schema(request=None, public=True)
amount = document["components"]["schemas"]["Price"]["properties"]["amount"]
print("document:", dict(amount))
same = True
for text, want in [("-1", (True, False)), ("", (True, False)), ("1.50", (True, True)), ("x", (False, False))]:
    got = (bool(re.search(amount["pattern"], text)), Price(data={"amount": text}).is_valid())
    print(f"{text!r}: allowed by the document {got[0]}, accepted {got[1]}")
    same = same and got == want
if not same:
    print("this is not what was seen")
sys.exit(0 if same else 1)
PY
venv/bin/python main.py
