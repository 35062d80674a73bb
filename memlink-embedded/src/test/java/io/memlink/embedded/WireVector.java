package io.memlink.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One recorded exchange with a real memcached.
 */
final class WireVector {

    private final JsonNode json;

    private WireVector(JsonNode json) {
        this.json = json;
    }

    static List<WireVector> load() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<WireVector> vectors = new ArrayList<>();
        try (InputStream in = WireVector.class.getResourceAsStream("/vectors/public.jsonl")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                vectors.add(new WireVector(mapper.readTree(line)));
            }
        }
        return vectors;
    }

    String text(String field) {
        return this.json.path(field).asString("");
    }

    String id() {
        return text("id");
    }

    /** What the server was started with. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        this.json.path("args").forEach((argument) -> arguments.add(argument.asString()));
        return arguments;
    }

    boolean unstable() {
        return this.json.path("unstable").asBoolean(false);
    }

    String request() {
        return bytes("request");
    }

    String response() {
        return bytes("response");
    }

    JsonNode setup() {
        return this.json.path("setup");
    }

    /** The pieces in which the request was written. */
    List<String> writes() {
        List<String> writes = new ArrayList<>();
        this.json.path("writes").forEach((piece) -> writes.add(piece.asString()));
        this.json.path("tls_records")
            .forEach((piece) -> writes.add(piece.isString() ? piece.asString() : expand(piece.path("rle"))));
        return writes.isEmpty() ? List.of(request()) : writes;
    }

    private String bytes(String field) {
        JsonNode value = this.json.path(field);
        return value.isString() ? value.asString() : expand(this.json.path(field + "_rle"));
    }

    static String expand(JsonNode runs) {
        StringBuilder text = new StringBuilder();
        runs.forEach((run) -> text.append(run.get(0).asString().repeat(run.get(1).asInt())));
        return text.toString();
    }

    @Override
    public String toString() {
        return id();
    }

}
