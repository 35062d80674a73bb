package io.memlink.micrometer;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memlink.MemlinkClient;
import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The latest statistics of one server. Whoever reads them never waits: the server is
 * asked anew once they have an age, one question at a time, and its answer is there for
 * the next reader. What is older than a few intervals, or was not answered, is not told.
 * Safe for use by many threads.
 */
final class ServerAnswer {

    /** Between two scrapes nobody asks, so an answer may be as old as they are apart. */
    private static final int KEPT_INTERVALS = 10;

    private final MemlinkClient client;

    private final String id;

    private final Clock clock;

    private final long intervalMillis;

    private final AtomicBoolean asking = new AtomicBoolean();

    private volatile Answer latest;

    ServerAnswer(MemlinkClient client, String id, Clock clock, long intervalMillis) {
        this.client = client;
        this.id = id;
        this.clock = clock;
        this.intervalMillis = intervalMillis;
        this.latest = new Answer(clock.wallTime() - intervalMillis, Map.of());
    }

    private record Answer(long millis, Map<String, String> statistics) {

    }

    /** Returns a number by its name; not a number where there is none. */
    double number(String name) {
        Answer latest = this.latest;
        long age = this.clock.wallTime() - latest.millis();
        if (age >= this.intervalMillis && this.asking.compareAndSet(false, true)) {
            ask();
        }
        String text = (age <= KEPT_INTERVALS * this.intervalMillis) ? latest.statistics().get(name) : null;
        return parse(text);
    }

    private void ask() {
        CompletableFuture<Map<String, String>> question;
        try {
            question = this.client.membership().statistics(this.id);
        }
        catch (RuntimeException ex) {
            // The backend has just left, or the client was closed.
            question = CompletableFuture.completedFuture(Map.of());
        }
        question.whenComplete((statistics, failure) -> {
            this.latest = new Answer(this.clock.wallTime(), (failure == null) ? Map.copyOf(statistics) : Map.of());
            this.asking.set(false);
        });
    }

    private static double parse(@Nullable String text) {
        try {
            return (text != null) ? Double.parseDouble(text) : Double.NaN;
        }
        catch (NumberFormatException ex) {
            return Double.NaN;
        }
    }

}
