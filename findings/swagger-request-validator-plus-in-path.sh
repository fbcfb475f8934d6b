#!/usr/bin/env bash
# com.atlassian.oai:swagger-request-validator-core 2.46.0 (Maven Central), the newest that
# runs with Java 17.
#
# RFC 3986 section 3.3: + is a character of a path segment that stands for itself; that it
# is a space belongs to forms (application/x-www-form-urlencoded), and so to queries at
# most. Here the value of a path parameter is decoded like a form: /x/a+b is judged as
# "a b", and no request can be valid for an id such as a+b but one that writes %2B.
#
# Seen: of the ids "a+b" and "a b" the request /x/a+b is valid for the second only;
# /x/a%2Bb and /x/a%20b are judged as they should be.
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
    <dependency><groupId>com.atlassian.oai</groupId><artifactId>swagger-request-validator-core</artifactId><version>2.46.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
cat > Main.java <<'JAVA'
import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;

public class Main {
    static final String DOCUMENT = """
        {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/x/{id}": {"get": {
          "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "enum": ["%s"]}}],
          "responses": {"204": {"description": "done"}}}}}}""";

    public static void main(String[] args) {
        boolean seen = true;
        for (String[] c : new String[][] {
            {"a+b", "/x/a+b", "false"}, // valid by the RFC
            {"a b", "/x/a+b", "true"}, // not valid by it
            {"a+b", "/x/a%2Bb", "true"},
            {"a b", "/x/a%20b", "true"},
            {"a+b", "/x/a%20b", "false"},
        }) {
            boolean valid = !OpenApiInteractionValidator.createForInlineApiSpecification(DOCUMENT.formatted(c[0])).build()
                .validateRequest(SimpleRequest.Builder.get(c[1]).build()).hasErrors();
            System.out.printf("the only id is \"%s\": %s is valid: %s%n", c[0], c[1], valid);
            seen &= c[2].equals("" + valid);
        }
        if (!seen) {
            System.out.println("this is not what was seen");
            System.exit(1);
        }
    }
}
JAVA
java -cp 'lib/*' Main.java 2>/dev/null
