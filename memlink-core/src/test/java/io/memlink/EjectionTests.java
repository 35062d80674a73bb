package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.Invalidation;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.meta.Expiration;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.memlink.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Backends that answer, but with errors.
 */
class EjectionTests {

    private final EmbeddedMemcached first = EmbeddedMemcached.start();

    private final EmbeddedMemcached second = EmbeddedMemcached.start();

    private final List<List<Backend>> suspensions = new CopyOnWriteArrayList<>();

    private final MemlinkClient client = MemlinkClient.builder()
        .backends("first=127.0.0.1:" + this.first.port(), "second=127.0.0.1:" + this.second.port())
        .clusterListener(new ClusterListener() {

            @Override
            public void ejectionsSuspended(List<Backend> backends) {
                EjectionTests.this.suspensions.add(backends);
            }

        })
        .build();

    private final String keyOfFirst = keyOf("first");

    private final String keyOfSecond = keyOf("second");

    private String keyOf(String backend) {
        int i = 0;
        while (!this.client.explain("key-" + i).chosen().id().equals(backend)) {
            i++;
        }
        return "key-" + i;
    }

    @AfterEach
    void close() {
        this.client.close();
        this.first.close();
        this.second.close();
    }

    private State state(int backend) {
        return this.client.backends().get(backend).state();
    }

    private void readInVain(EmbeddedMemcached server, String key) {
        server.faults().next("mg", Fault.replaceWith("SERVER_ERROR busy\r\n"));
        this.client.get(key);
    }

    private void makeFirstIll() {
        soon().until(() -> {
            readInVain(this.first, this.keyOfFirst);
            return state(0) == State.EJECTED;
        });
    }

    @Test
    void anUnhealthyOneIsEjectedAndReturnsWhenItAnswersProbes() {
        makeFirstIll();
        CompletableFuture<byte[]> read = this.client.get(this.keyOfFirst);
        assertThat(read).isCompletedExceptionally();
        MemlinkException refusal = catchThrowableOfType(MemlinkException.class,
                () -> this.client.blocking().get(this.keyOfFirst));
        assertThat(refusal).isInstanceOfSatisfying(MemlinkConnectionException.class, (failure) -> {
            assertThat(failure.reason()).isEqualTo(Reason.EJECTED);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
            assertThat(failure).hasMessageContaining("first=127.0.0.1").hasMessageContaining("busy");
            assertThat(failure.getStackTrace()).isEmpty();
        });
        assertThat(this.client.invalidate(this.keyOfFirst)).isCompletedWithValue(Invalidation.JOURNALLED);
        assertThat(this.client.blocking().get(this.keyOfSecond)).isNull();
        soon().until(() -> state(0) == State.UP);
        assertThat(this.client.backends().get(0).journalDepth()).isZero();
    }

    @Test
    void anItemThatIsOwedADeleteIsNotReadWhereTheDeleteIsRefused() {
        this.client.blocking().set(this.keyOfFirst, new byte[1], Expiration.never());
        for (int i = 0; i < 100; i++) {
            this.first.faults().next("md", Fault.replaceWith("SERVER_ERROR backend failure\r\n"));
        }
        assertThat(this.client.blocking().invalidate(this.keyOfFirst)).isEqualTo(Invalidation.JOURNALLED);
        assertThat(this.client.blocking().get(this.keyOfFirst)).isNull();
        assertThat(this.client.backends().get(0).journalDepth()).isOne();
        assertThat(catchThrowableOfType(MemlinkException.class,
                () -> this.client.blocking().getAndTouch(this.keyOfFirst, Expiration.never())))
            .hasMessageContaining("backend failure");
        this.first.faults().clear();
        soon().until(() -> this.client.backends().get(0).journalDepth() == 0);
        assertThat(this.client.blocking().get(this.keyOfFirst)).isNull();
    }

    @Test
    void aSetThatAProxyGaveUpOnIsUnknownAndUndone() {
        this.first.faults().next("ms", Fault.replaceWith("SERVER_ERROR backend failure\r\n"));
        assertThat(catchThrowableOfType(MemlinkException.class,
                () -> this.client.blocking().set(this.keyOfFirst, new byte[1], Expiration.never()))
            .outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(this.client.backends().get(0).journalDepth()).isOne();
        assertThat(this.client.blocking().get(this.keyOfFirst)).isNull();
    }

    @Test
    void aConnectionThatIsOutOfStepIsFoundByProbes() {
        this.client.close();
        int port = this.first.port();
        try (MemlinkClient narrow = MemlinkClient.builder()
            .backends("127.0.0.1:" + port)
            .poolSize(1)
            .requestTimeout(Duration.ofMillis(100))
            .build()) {
            narrow.blocking().get("key");
            this.first.close();
            soon().until(() -> narrow.backends().get(0).state() == State.DOWN);
            try (EmbeddedMemcached restarted = EmbeddedMemcached.builder().port(port).start()) {
                restarted.faults().next("mn", Fault.dropReply());
                soon().until(() -> narrow.backends().get(0).state() == State.UP);
            }
        }
    }

    @Test
    void whereAllLookUnhealthyNoneIsEjected() {
        makeFirstIll();
        soon().until(() -> {
            readInVain(this.first, this.keyOfFirst);
            readInVain(this.second, this.keyOfSecond);
            return !this.suspensions.isEmpty();
        });
        assertThat(this.suspensions.get(0)).extracting(Backend::id).containsExactlyInAnyOrder("first", "second");
        assertThat(List.of(state(0), state(1))).doesNotContain(State.EJECTED);
    }

}
