package io.memlink.link;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.memlink.error.MemlinkTimeoutException;
import io.memlink.link.flow.Budget;
import io.memlink.link.loop.Pauses;
import io.memlink.link.loop.Spans;
import io.memlink.link.loop.WhereTimeWent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What requests that end together have in common.
 */
class PendingRequestsTests {

    private static final LinkOptions OPTIONS = LinkOptions.builder().build();

    private static final LineRequest NOOP = LineRequest.of("mn");

    private final PendingRequests requests = new PendingRequests("server", OPTIONS,
            new Budget("client", 100, 10_000, null), new WhereTimeWent(new Pauses(() -> 0, 1), new Spans()), () -> {
            });

    private final Exchange.Terms terms = new Exchange.Terms(OPTIONS.requestTimeoutNanos(), LinkListener.NONE, null,
            null);

    private Exchange<?, ?> written(long calledNanos) {
        Exchange<String, String> exchange = new Exchange<>(NOOP, Function.identity(), calledNanos, this.terms);
        assertThat(this.requests.enter(exchange)).isNull();
        this.requests.submit(exchange);
        Exchange<?, ?> next = this.requests.nextToWrite(calledNanos);
        assertThat(next).isSameAs(exchange);
        next.written(7, calledNanos);
        this.requests.written(next);
        return exchange;
    }

    private static Throwable failure(CompletableFuture<?> ended) {
        return ended.handle((reply, failure) -> failure).join();
    }

    @Test
    void whatExpiresTogetherFailsWithOneFailure() {
        List<? extends Exchange<?, ?>> late = IntStream.range(0, 10).mapToObj(this::written).toList();
        Exchange<?, ?> last = written(100);
        this.requests.expire(OPTIONS.requestTimeoutNanos() + 50, true);
        assertThat(late.stream().map(PendingRequestsTests::failure).distinct()).singleElement()
            .isInstanceOf(MemlinkTimeoutException.class);
        assertThat(last).isNotDone();
    }

    @Test
    void aTimeoutSaysHowLongARequestWaitedHereAndHowLongForTheServer() {
        Exchange<String, String> exchange = new Exchange<>(NOOP, Function.identity(), 0, this.terms);
        assertThat(this.requests.enter(exchange)).isNull();
        this.requests.submit(exchange);
        long writtenNanos = TimeUnit.MILLISECONDS.toNanos(20);
        Exchange<?, ?> next = this.requests.nextToWrite(writtenNanos);
        next.written(7, writtenNanos);
        this.requests.written(next);

        this.requests.expire(OPTIONS.requestTimeoutNanos(), true);

        assertThat(failure(exchange)).hasMessage("server: timed out after 500 ms waiting for the reply"
                + " (20 ms here before it was written, 480 ms on the wire and at the server)");
    }

    /** Where the event loop comes to it too late, and before it looks at deadlines. */
    @Test
    void whatIsDueWhenItCouldBeWrittenIsNotWritten() {
        Exchange<String, String> exchange = new Exchange<>(NOOP, Function.identity(), 0, this.terms);
        assertThat(this.requests.enter(exchange)).isNull();
        this.requests.submit(exchange);
        assertThat(this.requests.nextToWrite(OPTIONS.requestTimeoutNanos())).isNull();
        assertThat(exchange).isDone();
        assertThat(failure(exchange)).isInstanceOf(MemlinkTimeoutException.class);
    }

    @Test
    void aTimeoutSaysThatTheRequestWasNeverWritten() {
        Exchange<String, String> exchange = new Exchange<>(NOOP, Function.identity(), 0, this.terms);
        assertThat(this.requests.enter(exchange)).isNull();
        this.requests.submit(exchange);
        this.requests.await();

        this.requests.expire(OPTIONS.requestTimeoutNanos(), true);

        assertThat(failure(exchange)).hasMessage("server: timed out after 500 ms before the request could be sent"
                + " (500 ms here, and never written)");
    }

    @Test
    void aTimeoutSaysThatThereWasNoConnectionToWriteTo() {
        Exchange<String, String> exchange = new Exchange<>(NOOP, Function.identity(), 0, this.terms);
        assertThat(this.requests.enter(exchange)).isNull();
        this.requests.submit(exchange);
        this.requests.await();

        this.requests.expire(OPTIONS.requestTimeoutNanos(), false);

        assertThat(failure(exchange)).hasMessage(
                "server: timed out after 500 ms without a usable connection" + " (500 ms here, and never written)");
    }

}
