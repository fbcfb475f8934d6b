#!/usr/bin/env bash
# io.swagger.parser.v3:swagger-parser 2.1.48 (Maven Central), option resolveFully.
#
# JSON Schema (Wright draft 00 of the validation, section 5.22, which OpenAPI 3.0.3 refers
# to): a value meets allOf if it meets each of the schemas in it, and keywords beside it hold as
# well. The parser that many Java tools build on puts what a reference refers to in
# its place, and makes one schema of each allOf unless resolveCombinators is off (it is on:
# https://github.com/swagger-api/swagger-parser#options). Of two limits it keeps the last
# and not the narrower one, and what several keywords say is gone: not, multipleOf, items,
# additionalProperties, required of a part that has no properties, the first description of a
# property, oneOf but for its last alternative. No message tells of it. A validator, mock or
# diff that works on the result tests another contract.
#
# Seen: nine schemas whose limits are lost or others, and one that is as it should be. With
# resolveCombinators off the allOf stays.
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
    <dependency><groupId>io.swagger.parser.v3</groupId><artifactId>swagger-parser</artifactId><version>2.1.48</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
cat > Main.java <<'JAVA'
import io.swagger.v3.core.util.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;

public class Main {
    static final String DOCUMENT = """
        {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": {"responses": {"200": {
          "description": "d", "content": {"application/json": {"schema": %s}}}}}}},
         "components": {"schemas": {"N": {"type": "integer", "maximum": 9}}}}""";

    static String parsed(String schema, boolean combinators) throws Exception {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        options.setResolveCombinators(combinators);
        var result = new OpenAPIV3Parser().readContents(DOCUMENT.formatted(schema), null, options);
        if (!result.getMessages().isEmpty()) {
            System.out.println("messages: " + result.getMessages());
        }
        return Json.mapper().writeValueAsString(result.getOpenAPI().getPaths().get("/x").getGet()
            .getResponses().get("200").getContent().get("application/json").getSchema());
    }

    static boolean same(String got, String want) throws Exception {
        return Json.mapper().readTree(got).equals(Json.mapper().readTree(want));
    }

    public static void main(String[] args) throws Exception {
        boolean seen = true;
        for (String[] c : new String[][] {
            // schema, what is seen of it
            {"{'allOf': [{'$ref': '#/components/schemas/N'}], 'maximum': 5}", "{'type': 'integer', 'maximum': 9}"},
            {"{'allOf': [{'type': 'integer', 'maximum': 5}, {'$ref': '#/components/schemas/N'}]}", "{'type': 'integer', 'maximum': 9}"},
            {"{'allOf': [{'type': 'string', 'enum': ['a', 'b']}, {'enum': ['b', 'c']}]}", "{'type': 'string', 'enum': ['b', 'c']}"},
            {"{'allOf': [{'type': 'integer', 'multipleOf': 2}, {'maximum': 5}]}", "{'type': 'integer', 'maximum': 5}"},
            {"{'allOf': [{'type': 'array', 'items': {'type': 'string'}}, {'minItems': 1}]}", "{'type': 'array', 'minItems': 1}"},
            {"{'allOf': [{'type': 'object', 'not': {'required': ['b']}}, {'minProperties': 1}]}", "{'type': 'object', 'minProperties': 1}"},
            {"{'allOf': [{'oneOf': [{'type': 'integer'}, {'type': 'string'}]}, {'title': 't'}]}", "{'type': 'string'}"},
            {"{'allOf': [{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'additionalProperties': false}, {'required': ['a']}]}",
                "{'type': 'object', 'properties': {'a': {'type': 'string'}}}"},
            {"{'allOf': [{'type': 'object', 'properties': {'a': {'type': 'string', 'maxLength': 5}}}, {'type': 'object', 'properties': {'a': {'type': 'string', 'minLength': 2}}}]}",
                "{'type': 'object', 'properties': {'a': {'type': 'string', 'minLength': 2}}}"},
            {"{'allOf': [{'$ref': '#/components/schemas/N'}, {'minimum': 5}]}", "{'type': 'integer', 'minimum': 5, 'maximum': 9}"},
        }) {
            String schema = c[0].replace('\'', '"'), want = c[1].replace('\'', '"');
            String got = parsed(schema, true), kept = parsed(schema, false);
            System.out.printf("%s: %s%n", schema, got);
            seen &= same(got, want) && kept.contains("\"allOf\"");
        }
        if (!seen) {
            System.out.println("this is not what was seen");
            System.exit(1);
        }
    }
}
JAVA
java -cp 'lib/*' Main.java 2>/dev/null
