package io.memlink.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.sample.demo.History.LastLook;
import io.memlink.sample.demo.Look.Source;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page knows of a key.
 */
class HistoryTests {

    private static final int PRODUCT = 7;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));

    private final Map<String, Instant> states = new HashMap<>(
            Map.of("cache-1", this.now.get(), "cache-2", this.now.get()));

    private final History history = new History(this.now::get);

    private void pass(Duration time) {
        this.now.updateAndGet((before) -> before.plus(time));
    }

    private void hit() throws Exception {
        this.history.look(PRODUCT, Look.at(() -> {
            Look.current().answered("cache-1", Source.HIT);
            return null;
        }), 1);
    }

    private String known() {
        LastLook look = this.history.products(this.states).get(PRODUCT - 1);
        assertThat(look.backend()).isEqualTo("cache-1");
        return look.result();
    }

    @Test
    void isNothingBeforeTheFirstLook() {
        assertThat(this.history.products(this.states)).containsOnlyNulls();
    }

    @Test
    void isTheLastLookForAWhile() throws Exception {
        hit();
        pass(History.KNOWN_FOR);
        assertThat(known()).isEqualTo("HIT");
        pass(Duration.ofMillis(1));
        assertThat(known()).isEqualTo("UNKNOWN");
        hit();
        assertThat(known()).isEqualTo("HIT");
    }

    @Test
    void endsWhenItsBackendDiesAndWhenItComesBack() throws Exception {
        hit();
        pass(Duration.ofSeconds(1));
        this.states.put("cache-2", this.now.get());
        assertThat(known()).isEqualTo("HIT");
        this.states.put("cache-1", this.now.get());
        assertThat(known()).isEqualTo("UNKNOWN");
        this.history.failed(PRODUCT);
        assertThat(known()).isEqualTo("FAILED");
        pass(Duration.ofSeconds(1));
        this.states.put("cache-1", this.now.get());
        assertThat(known()).isEqualTo("UNKNOWN");
        hit();
        assertThat(known()).isEqualTo("HIT");
    }

    @Test
    void blamesNoBackendForACacheThatCannotBeUsed() throws Exception {
        hit();
        this.history.look(PRODUCT, Look.at(() -> null), 1);
        assertThat(known()).isEqualTo("UNUSABLE");
        this.history.look(PRODUCT, Look.at(() -> {
            Look.current().unreachable("cache-1");
            return null;
        }), 1);
        assertThat(known()).isEqualTo("UNREACHABLE");
    }

}
