package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.meta.MetaReply.Exists;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.ModelServer.Answer;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Random commands, many in progress at a time: a real server answers as the model does.
 * It runs without the threads that look after its memory, which, while they hold an item,
 * keep a number from being changed where it lies.
 */
@MemcachedTest(arguments = { "-o", "no_lru_maintainer,no_lru_crawler" })
class ModelIntegrationTests {

    private static final int COMMANDS = 40_000;

    private static final int WINDOW = 50;

    private static final int[] TIMES_TO_LIVE = { ModelServer.NEVER, 1000, 3000, 5000 };

    private static final String[] VALUES = { "", "0", "9", "10", "99", "4611686018427387904", "text", "x\r\ny" };

    private final List<Key> keys = new ArrayList<>();

    private final ModelServer model = new ModelServer();

    /** The tokens that were seen, each with the version it stands for. */
    private final Map<Long, Integer> versions = new HashMap<>();

    private final Map<Key, Long> lastTokens = new HashMap<>();

    private Random random;

    /** Keys that were read in this window, whose numbers are not changed in place. */
    private final Set<Key> read = new HashSet<>();

    private TestServerLink link;

    @ParameterizedTest
    @ValueSource(longs = { 1, 20_261_124, -7 })
    void aRealServerAnswersAsTheModelDoes(long seed, MemcachedProcess server) {
        this.random = new Random(seed);
        for (String name : List.of("plain", "käse", "a b", "\r\nflush_all\r\n", "\u0000", "x".repeat(250))) {
            for (int i = 0; i < 4; i++) {
                this.keys.add(Key.of((name.length() < 250) ? name + i : name.substring(1) + i));
            }
        }
        try (TestServerLink link = TestServerLink.to(server)) {
            this.link = link;
            for (int i = 0; i < COMMANDS / WINDOW; i++) {
                exchangeWindow();
            }
        }
        assertThat(this.versions).hasSizeGreaterThan(1000);
    }

    private void exchangeWindow() {
        List<Exchange> exchanges = new ArrayList<>();
        this.read.clear();
        for (int i = 0; i < WINDOW; i++) {
            exchanges.add(exchange(any(this.keys)));
        }
        exchanges.forEach(this::check);
    }

    private record Exchange(Key key, Answer expected, CompletableFuture<MetaReply> reply) {
    }

    private Exchange exchange(Key key) {
        return switch (this.random.nextInt(12)) {
            case 0, 1, 2, 3 -> get(key);
            case 4, 5 -> set(key);
            case 6 -> storeConditionally(key);
            case 7 -> extend(key);
            case 8 -> delete(key);
            case 9 -> markStale(key);
            default -> this.read.contains(key) ? get(key) : count(key);
        };
    }

    private Exchange get(Key key) {
        this.read.add(key);
        Integer vivify = maybe(4) ? timeToLive() : null;
        Integer recacheBelow = maybe(4) ? 2000 : null;
        Integer touch = maybe(6) ? timeToLive() : null;
        MetaGet.Builder get = MetaGet.builder(key).value().clientFlags().casToken().timeToLive().size();
        if (vivify != null) {
            get.vivify(expiration(vivify));
        }
        if (recacheBelow != null) {
            get.recacheBelow(Duration.ofSeconds(recacheBelow));
        }
        if (touch != null) {
            get.touch(expiration(touch));
        }
        return sent(key, this.model.get(key, vivify, recacheBelow, touch), get.build());
    }

    private Exchange set(Key key) {
        String value = value();
        int flags = this.random.nextInt();
        int timeToLive = timeToLive();
        Long token = maybe(2) ? this.lastTokens.get(key) : null;
        boolean invalidate = token != null && maybe(2);
        MetaSet.Builder set = MetaSet.builder(key, bytes(value))
            .clientFlags(flags)
            .expiration(expiration(timeToLive))
            .casToken();
        if (token != null) {
            set.compareCas(token);
        }
        if (invalidate) {
            set.invalidate();
        }
        Integer compare = (token != null) ? this.versions.get(token) : null;
        return sent(key, this.model.set(key, value, flags, timeToLive, compare, invalidate), set.build());
    }

    private Exchange storeConditionally(Key key) {
        String value = value();
        int flags = this.random.nextInt();
        int timeToLive = timeToLive();
        MetaSet.Builder set = MetaSet.builder(key, bytes(value))
            .clientFlags(flags)
            .expiration(expiration(timeToLive))
            .casToken();
        boolean add = maybe(2);
        Answer expected = add ? this.model.add(key, value, flags, timeToLive)
                : this.model.replace(key, value, flags, timeToLive);
        return sent(key, expected, set.mode(add ? MetaSet.Mode.ADD : MetaSet.Mode.REPLACE).build());
    }

    private Exchange extend(Key key) {
        boolean append = maybe(2);
        // Servers before 1.6.22 may refuse to count beyond 63 bits.
        String more = (this.model.length(key) < 12) ? "1" : "z";
        MetaSet set = MetaSet.builder(key, bytes(more))
            .mode(append ? MetaSet.Mode.APPEND : MetaSet.Mode.PREPEND)
            .casToken()
            .build();
        return sent(key, this.model.extend(key, append ? "" : more, append ? more : ""), set);
    }

    private Exchange delete(Key key) {
        Long token = maybe(2) ? this.lastTokens.get(key) : null;
        MetaDelete.Builder delete = MetaDelete.builder(key);
        if (token != null) {
            delete.compareCas(token);
        }
        return sent(key, this.model.delete(key, (token != null) ? this.versions.get(token) : null), delete.build());
    }

    private Exchange markStale(Key key) {
        Integer timeToLive = maybe(2) ? timeToLive() : null;
        MetaDelete.Builder delete = MetaDelete.builder(key).markStale();
        if (timeToLive != null) {
            delete.expiration(expiration(timeToLive));
        }
        return sent(key, this.model.markStale(key, timeToLive), delete.build());
    }

    private Exchange count(Key key) {
        long delta = this.random.nextInt(maybe(4) ? Integer.MAX_VALUE : 20);
        boolean decrement = maybe(2);
        Long initial = maybe(2) ? this.random.nextLong() >>> 2 : null;
        int timeToLive = timeToLive();
        MetaArithmetic.Builder count = MetaArithmetic.builder(key).delta(delta).value().timeToLive().casToken();
        if (decrement) {
            count.decrement();
        }
        if (initial != null) {
            count.initial(initial, expiration(timeToLive));
        }
        return sent(key, this.model.count(key, delta, decrement, initial, timeToLive), count.build());
    }

    private Exchange sent(Key key, Answer expected, MetaRequest<MetaReply> request) {
        return new Exchange(key, expected, this.link.sendLater(request));
    }

    private void check(Exchange exchange) {
        Answer expected = exchange.expected();
        MetaReply reply;
        try {
            reply = exchange.reply().join();
        }
        catch (CompletionException ex) {
            assertThat(expected.status()).isEqualTo("not numeric");
            assertThat(ex).hasCauseInstanceOf(MemlinkServerException.class);
            assertThat(((MemlinkServerException) ex.getCause()).reason()).isEqualTo(Reason.NOT_NUMERIC);
            return;
        }
        assertThat(status(reply)).isEqualTo(expected.status());
        if (reply instanceof Hit hit) {
            assertThat(hit.value()).isEqualTo(bytes(expected.value()));
            assertThat(hit.size()).isEqualTo(expected.value().getBytes(StandardCharsets.UTF_8).length);
            assertThat(hit.clientFlags()).isEqualTo(expected.flags());
            assertThat((hit.stale() ? "X" : "") + (hit.alreadyWon() ? "Z" : "") + (hit.won() ? "W" : ""))
                .isEqualTo(expected.marks());
            checkTimeToLive(hit, expected);
            checkToken(exchange.key(), hit.casToken(), expected.version());
        }
        else if (reply instanceof Done done && done.casToken() != 0) {
            if (done.number() != 0) {
                assertThat(Long.toUnsignedString(done.number())).isEqualTo(expected.value());
                checkTimeToLive(done, expected);
            }
            checkToken(exchange.key(), done.casToken(), expected.version());
        }
    }

    private static String status(MetaReply reply) {
        if (reply instanceof Hit) {
            return "hit";
        }
        if (reply instanceof Done) {
            return "done";
        }
        return (reply instanceof Miss) ? "miss" : (reply instanceof Exists) ? "exists" : "not stored";
    }

    private static void checkTimeToLive(ItemReply reply, Answer expected) {
        Duration timeToLive = reply.timeToLive();
        if (expected.timeToLive() == ModelServer.NEVER) {
            assertThat(timeToLive).isNull();
        }
        else {
            assertThat(timeToLive.toSeconds()).isCloseTo(expected.timeToLive(), within(300L));
        }
    }

    /** A token stands for one version, and a version has one token. */
    private void checkToken(Key key, long token, int version) {
        assertThat(this.versions.computeIfAbsent(token, (unseen) -> version)).isEqualTo(version);
        this.lastTokens.put(key, token);
    }

    private String value() {
        return maybe(2) ? VALUES[this.random.nextInt(VALUES.length)] : "v".repeat(this.random.nextInt(3000));
    }

    private int timeToLive() {
        return TIMES_TO_LIVE[this.random.nextInt(TIMES_TO_LIVE.length)];
    }

    private static Expiration expiration(int timeToLive) {
        return (timeToLive == ModelServer.NEVER) ? Expiration.never()
                : Expiration.after(Duration.ofSeconds(timeToLive));
    }

    private boolean maybe(int oneIn) {
        return this.random.nextInt(oneIn) == 0;
    }

    private <T> T any(List<T> values) {
        return values.get(this.random.nextInt(values.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

}
