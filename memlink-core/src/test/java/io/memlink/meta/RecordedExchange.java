package io.memlink.meta;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * An exchange recorded with a real server, one character for each byte.
 *
 * @param id what it is called
 * @param version the version of the server
 * @param request what was sent
 * @param response all that came back
 */
record RecordedExchange(String id, String version, String request, String response) {

    static List<RecordedExchange> load() {
        ObjectMapper mapper = new ObjectMapper();
        List<RecordedExchange> exchanges = new ArrayList<>();
        try (InputStream in = RecordedExchange.class.getResourceAsStream("/vectors/public.jsonl")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode json = mapper.readTree(line);
                exchanges.add(new RecordedExchange(json.path("id").asString(), json.path("version").asString(),
                        bytes(json, "request"), bytes(json, "response")));
            }
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        return exchanges;
    }

    private static String bytes(JsonNode json, String field) {
        if (json.path(field).isString()) {
            return json.path(field).asString();
        }
        StringBuilder text = new StringBuilder();
        json.path(field + "_rle").forEach((run) -> text.append(run.get(0).asString().repeat(run.get(1).asInt())));
        return text.toString();
    }

    @Override
    public String toString() {
        return this.id;
    }

}
