package io.memlink.meta.classic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Request;
import io.memlink.meta.Key;
import io.memlink.meta.MetaBatch;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaNoop;

import static org.awaitility.Awaitility.await;

/**
 * A process of its own with a small heap, which asks a hostile server for everything and
 * tells what came of it, a line for each question.
 */
final class SmallHeap {

    /** Begins the lines that are not of a logger. */
    static final String MARK = "heap: ";

    private SmallHeap() {
    }

    static Map<String, Request<?>> questions() {
        Map<String, Request<?>> questions = new LinkedHashMap<>();
        for (String key : List.of("one-gibibyte", "more", "largest", "negative", "overflowing", "endless-digits",
                "endless-flags", "endless-line", "endless-lines", "endless-value")) {
            questions.put(key, MetaGet.value(Key.of(key)));
        }
        questions.put("many-keys", MetaBatch.ofValues(List.of(Key.of("many-keys"), Key.of("second"), Key.of("third"))));
        questions.put("statistics", ServerCommands.stats());
        questions.put("dump", ServerCommands.metadump((item) -> {
            throw new IllegalStateException("who wants that?");
        }));
        questions.put("cluster", ServerCommands.clusterConfig());
        return questions;
    }

    public static void main(String[] arguments) {
        LinkOptions options = LinkOptions.builder()
            .requestTimeout(Duration.ofSeconds(60))
            .connectTimeout(Duration.ofSeconds(60))
            .build();
        LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());
        ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", Integer.parseInt(arguments[0])),
                new MemcachedProtocol(null), options, resources);
        questions().forEach((name, question) -> {
            awaitService(pool);
            System.out.println(MARK + name + " " + outcome(pool, question));
        });
        awaitService(pool);
        System.out.println(MARK + "end");
        pool.close(Duration.ZERO).join();
        resources.close();
    }

    private static void awaitService(ConnectionPool pool) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> !outcome(pool, MetaNoop.INSTANCE).startsWith("Memlink"));
    }

    private static String outcome(ConnectionPool pool, Request<?> question) {
        try {
            return "answered " + pool.send(question).join();
        }
        catch (CompletionException ex) {
            return ex.getCause().getClass().getSimpleName();
        }
    }

}
