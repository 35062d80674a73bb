package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.Outcome;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaSet;
import io.memlink.test.EmbeddedMemcachedTest;
import io.memlink.transcoder.CompressingTranscoder;
import io.memlink.transcoder.Compression;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * What the client makes of values, whatever the server.
 */
@EmbeddedMemcachedTest
class ValueOperationsTests {

    private static final Expiration MINUTE = Expiration.after(Duration.ofMinutes(1));

    private static final LoadPolicy POLICY = LoadPolicy.timeToLive(Duration.ofMinutes(1));

    /** What an item takes beside a value, with a key of three letters and no flags. */
    private static final int OVERHEAD = 48 + 8 + 4 + 2;

    private EmbeddedMemcached server;

    private MemlinkClient client;

    private BlockingValueOperations<String> text;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .maxItemBytes(2048)
            .build();
        this.text = this.client.blocking().with(Transcoder.text());
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    @Test
    void aValueThatCannotBeDecodedIsAMissAndIsCounted() {
        this.client.blocking().set("key", new byte[] { -1 }, MINUTE);
        this.text.set("other", "value", MINUTE);
        assertThat(this.text.get("key")).isNull();
        assertThat(this.text.getItem("key")).isNull();
        assertThat(this.text.getAndTouch("key", MINUTE)).isNull();
        BulkResult<String> all = this.text.getAll(List.of("key", "other"));
        assertThat(all.hits()).containsOnlyKeys("other");
        assertThat(all.failures()).isEmpty();
        assertThat(this.client.undecodableValues()).isEqualTo(4);
    }

    @Test
    void aTranscoderThatEncodesNothingIsNamed() {
        String message = "transcoder: " + NoBytes.class.getName() + " returned null (expected: bytes and flags)";
        ValueOperations<String> none = this.client.with(new NoBytes());
        assertThatIllegalStateException().isThrownBy(() -> none.set("key", "value", MINUTE)).withMessage(message);
        assertThatIllegalStateException().isThrownBy(() -> none.append("key", "value")).withMessage(message);
        assertThatIllegalStateException()
            .isThrownBy(() -> this.client.with(new CompressingTranscoder<>(new NoBytes(), Compression.gzip()))
                .set("key", "value", MINUTE))
            .withMessage(message);
        assertThatIllegalStateException().isThrownBy(() -> none.setAll(Map.of("key", "value"), MINUTE))
            .withMessage(message);
        Loaded<String> loaded = none.getOrLoad("key", () -> CompletableFuture.completedFuture("value"), POLICY).join();
        assertThat(loaded.value()).isEqualTo("value");
        assertThat(loaded.failure()).isInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThat(this.text.get("key")).isNull();
    }

    @Test
    void anExpirationThatIsNoneKeepsTheValueFromBeingStoredAndIsNamed() {
        LoadPolicy policy = LoadPolicy.builder().expiration(() -> null).build();
        Loaded<String> loaded = this.text.load("key", () -> "value", policy);
        assertThat(loaded.value()).isEqualTo("value");
        assertThat(loaded.failure()).isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("expiration: ")
            .hasMessageEndingWith(" returned null (expected: an Expiration)");
        assertThat(this.text.load("key", () -> "again", POLICY).source()).isEqualTo(Loaded.Source.LOADED);
    }

    /** Forgets to encode. */
    private static final class NoBytes implements Transcoder<String> {

        @Override
        public EncodedValue encode(String value) {
            return null;
        }

        @Override
        public String decode(EncodedValue value) {
            return "";
        }

    }

    @Test
    void aValueThatCannotBeDecodedIsAFailureWhereThatIsWanted() {
        try (MemlinkClient strict = MemlinkClient.builder()
            .backends("127.0.0.1:" + this.server.port())
            .throwOnUndecodable(true)
            .build()) {
            BlockingValueOperations<String> strictText = strict.blocking().with(Transcoder.text());
            strict.blocking().set("key", new byte[] { -1 }, MINUTE);
            assertThatThrownBy(() -> strictText.get("key")).isInstanceOf(MemlinkDecodingException.class)
                .hasMessageStartingWith("value: 1 bytes, flags: 0x0");
            assertThat(strictText.getAll(List.of("key")).failures()).containsOnlyKeys("key");
            assertThat(strict.undecodableValues()).isEqualTo(2);
        }
    }

    @Test
    void aValueThatIsTooLargeIsNotSentAndLeavesNothing() {
        long requests = this.server.requests("ms");
        this.text.set("key", "old", MINUTE);
        assertThat(refusal(() -> this.text.set("key", "x".repeat(2048 - OVERHEAD + 1), MINUTE))).hasMessageContaining(
                "item of 2049 bytes (expected: at most 2048, as maxItemBytes and the server's -I say)");
        assertThat(this.server.requests("ms")).isEqualTo(requests + 1);
        assertThat(this.text.get("key")).isNull();
        this.text.set("key", "x".repeat(2048 - OVERHEAD), MINUTE);
        assertThat(this.text.get("key")).hasSize(2048 - OVERHEAD);
    }

    @Test
    void whatWasToBeReplacedOrExtendedByTooMuchIsDeleted() {
        String large = "x".repeat(4096);
        this.text.set("key", "old", MINUTE);
        long casToken = this.text.getItem("key").casToken();
        refusal(() -> this.text.compareAndSet("key", large, MINUTE, casToken));
        assertThat(this.text.get("key")).isNull();
        this.text.set("key", "old", MINUTE);
        refusal(() -> this.text.replace("key", large, MINUTE));
        assertThat(this.text.get("key")).isNull();
        this.text.set("key", "old", MINUTE);
        refusal(() -> this.text.append("key", large));
        assertThat(this.text.get("key")).isNull();
    }

    @Test
    void whatIsThereStaysWhereTooMuchWasToBeAdded() {
        this.text.set("key", "old", MINUTE);
        refusal(() -> this.text.add("key", "x".repeat(4096), MINUTE));
        assertThat(this.text.get("key")).isEqualTo("old");
    }

    @Test
    void aRequestThatStoresTooMuchIsNotSent() {
        byte[] large = new byte[2048 - OVERHEAD + 1];
        this.text.set("key", "old", MINUTE);
        refusal(() -> this.client.blocking()
            .send(MetaSet.builder(Key.of("key"), large).mode(MetaSet.Mode.ADD).build()));
        assertThat(this.text.get("key")).isEqualTo("old");
        refusal(() -> this.client.blocking().send(MetaSet.builder(Key.of("key"), large).compareCas(1).fill().build()));
        assertThat(this.text.get("key")).isEqualTo("old");
        refusal(() -> this.client.blocking().send(MetaSet.builder(Key.of("key"), large).build()));
        assertThat(this.text.get("key")).isNull();
        byte[] largest = new byte[2048 - OVERHEAD];
        this.client.blocking().send(MetaSet.builder(Key.of("key"), largest).build());
        refusal(() -> this.client.blocking().send(MetaSet.builder(Key.of("key"), largest).clientFlags(1).build()));
    }

    private static MemlinkServerException refusal(ThrowingCallable operation) {
        MemlinkServerException refusal = catchThrowableOfType(MemlinkServerException.class, operation);
        assertThat(refusal.reason()).isEqualTo(MemlinkServerException.Reason.TOO_LARGE);
        assertThat(refusal.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(refusal).as("what is logged").hasMessageNotContaining("\"key\"").hasMessageNotContaining("xxx");
        return refusal;
    }

    @Test
    void storesAndDeletesMany() {
        BulkWriteResult stored = this.text.setAll(Map.of("a", "1", "b", "2", "large", "x".repeat(4096)), MINUTE);
        assertThat(stored.done()).containsExactlyInAnyOrder("a", "b");
        assertThat(stored.failures()).containsOnlyKeys("large");
        assertThat(stored.failures().get("large")).asInstanceOf(type(MemlinkServerException.class))
            .extracting(MemlinkServerException::reason)
            .isEqualTo(MemlinkServerException.Reason.TOO_LARGE);
        assertThat(this.text.getAll(List.of("a", "b", "large")).hits()).isEqualTo(Map.of("a", "1", "b", "2"));
        BulkWriteResult deleted = this.client.blocking().deleteAll(List.of("a", "b", "b", "none"));
        assertThat(deleted.done()).containsExactlyInAnyOrder("a", "b");
        assertThat(deleted.failures()).isEmpty();
        assertThat(this.text.getAll(List.of("a", "b")).hits()).isEmpty();
    }

    @Test
    void whatCannotBeSentIsRefusedBeforeAnythingIs() {
        long changes = this.server.requests("ms") + this.server.requests("md");
        assertThatThrownBy(() -> this.text.setAll(Map.of("a", "1", "b", "\ud800"), MINUTE))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> this.client.deleteAll(List.of("a", ""))).isInstanceOf(IllegalArgumentException.class);
        assertThat(this.text.get("a")).isNull();
        assertThat(this.server.requests("ms") + this.server.requests("md")).isEqualTo(changes);
    }

    @Test
    void whatHoldsThePlaceOfAValueIsAMiss() {
        Hit placeholder = (Hit) this.client.blocking().send(MetaGet.builder(Key.of("key")).vivify(MINUTE).build());
        assertThat(placeholder.won()).isTrue();
        assertThat(this.client.blocking().get("key")).isNull();
        assertThat(this.client.blocking().getItem("key")).isNull();
        assertThat(this.client.blocking().getAll(List.of("key")).hits()).isEmpty();
        this.client.blocking().set("key", new byte[0], MINUTE);
        assertThat(this.client.blocking().get("key")).isEmpty();
    }

    @Test
    void aValueThatCannotBeDecodedIsLoadedAndReplaced() {
        this.client.blocking().set("key", new byte[] { -1 }, MINUTE);
        assertThat(this.text.getOrLoad("key", () -> "loaded", POLICY)).isEqualTo("loaded");
        assertThat(this.text.get("key")).isEqualTo("loaded");
        assertThat(this.client.undecodableValues()).isEqualTo(1);
    }

    @Test
    void aValueThatIsTooLargeIsLoadedAndNotStored() {
        String large = "x".repeat(4096);
        Loaded<String> loaded = this.client.with(Transcoder.text())
            .getOrLoad("key", () -> CompletableFuture.completedFuture(large), POLICY)
            .join();
        assertThat(loaded.value()).isEqualTo(large);
        assertThat(loaded.failure()).isInstanceOf(MemlinkServerException.class);
        assertThat(this.text.getOrLoad("key", () -> "next", POLICY)).isEqualTo("next");
    }

}
