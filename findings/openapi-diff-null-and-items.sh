#!/usr/bin/env bash
# org.openapitools.openapidiff:openapi-diff-core 2.1.7 (Maven Central), documents of 3.0.
#
# It tells requests from responses, and compares the bounds of numbers and texts: a maximum
# that falls from 10 to 5 in a request is incompatible, as it should be. Two changes of the
# same kind are compatible to it:
#   - a request whose property may no longer be null (nullable: true -> false);
#   - a request whose list must have two items (minItems: 2 added).
# Clients that sent null, or a list of one, are refused after either.
#
# Seen: incompatible for the maximum; compatible, and no longer unchanged, for both others.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.openapitools.openapidiff</groupId><artifactId>openapi-diff-core</artifactId><version>2.1.7</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
cat > Main.java <<'JAVA'
import org.openapitools.openapidiff.core.OpenApiCompare;

public class Main {
    static final String DOCUMENT = """
        {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/orders": {"post": {
          "requestBody": {"required": true, "content": {"application/json": {"schema": {
            "type": "object", "properties": {"value": %s}}}}},
          "responses": {"204": {"description": "done"}}}}}}""";

    public static void main(String[] args) {
        boolean seen = true;
        for (String[] c : new String[][] {
            {"maximum 10 -> 5", "{\"type\": \"integer\", \"maximum\": 10}", "{\"type\": \"integer\", \"maximum\": 5}", "incompatible"},
            {"nullable true -> false", "{\"type\": \"string\", \"nullable\": true}", "{\"type\": \"string\", \"nullable\": false}", "compatible"},
            {"minItems 2 added", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 2}", "compatible"},
        }) {
            var diff = OpenApiCompare.fromContents(DOCUMENT.formatted(c[1]), DOCUMENT.formatted(c[2]));
            String got = diff.isUnchanged() ? "unchanged" : diff.isIncompatible() ? "incompatible" : "compatible";
            System.out.println(c[0] + " in a request: " + got);
            seen &= got.equals(c[3]);
        }
        System.exit(seen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Main.java
java -cp 'lib/*:.' Main 2>/dev/null
