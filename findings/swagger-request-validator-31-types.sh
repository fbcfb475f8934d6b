#!/usr/bin/env bash
# com.atlassian.oai:swagger-request-validator-core 2.46.0 (Maven Central), the newest that
# runs with Java 17.
#
# OpenAPI 3.1.0, Schema Object: type means what it does in 3.0. The validator loads a
# document of 3.1 without a warning, and then types, const, exclusive bounds given as
# numbers and conditions are not looked at: bodies and parameters of any other type are
# valid. Enough is still checked (required, enum, maximum) to look as if all were. The
# same document as 3.0.3 is judged as it says.
#
# Seen: {"a": "text"} and ?p=text are valid for integers in 3.1.0 and not in 3.0.3; a
# member that is missing is reported in both.
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
        {"openapi": "%s", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"post": {
          "parameters": [{"name": "p", "in": "query", "schema": {"type": "integer"}}],
          "requestBody": {"required": true, "content": {"application/json": {"schema":
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "maximum": 9}}}}}},
          "responses": {"204": {"description": "done"}}}}}}""";

    static boolean valid(String version, String p, String body) {
        return !OpenApiInteractionValidator.createForInlineApiSpecification(DOCUMENT.formatted(version)).build()
            .validateRequest(SimpleRequest.Builder.post("/x").withQueryParam("p", p).withContentType("application/json").withBody(body).build())
            .hasErrors();
    }

    public static void main(String[] args) {
        boolean seen = true;
        for (String[] c : new String[][] {
            // p, body, valid in 3.0.3, valid in 3.1.0 as seen
            {"1", "{\"a\": 1}", "true", "true"},
            {"1", "{\"a\": \"text\"}", "false", "true"},
            {"1", "[]", "false", "true"},
            {"text", "{\"a\": 1}", "false", "true"},
            {"1", "{}", "false", "false"},
            {"1", "{\"a\": 10}", "false", "false"},
        }) {
            boolean old = valid("3.0.3", c[0], c[1]), now = valid("3.1.0", c[0], c[1]);
            System.out.printf("?p=%s %s: valid in 3.0.3 %s, in 3.1.0 %s%n", c[0], c[1], old, now);
            seen &= c[2].equals("" + old) && c[3].equals("" + now);
        }
        if (!seen) {
            System.out.println("this is not what was seen");
            System.exit(1);
        }
    }
}
JAVA
java -cp 'lib/*' Main.java 2>/dev/null
