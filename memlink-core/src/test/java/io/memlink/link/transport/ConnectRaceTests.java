package io.memlink.link.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which addresses are asked when, by a clock that is moved.
 */
class ConnectRaceTests {

    private static final SocketAddress ONE = InetSocketAddress.createUnresolved("one", 1);

    private static final SocketAddress TWO = InetSocketAddress.createUnresolved("two", 1);

    /** Has the event loop. */
    private final EmbeddedChannel clock = new EmbeddedChannel();

    private final List<SocketAddress> asked = new ArrayList<>();

    private final List<ChannelPromise> attempts = new ArrayList<>();

    private final AtomicReference<@Nullable Channel> won = new AtomicReference<>();

    private final AtomicReference<@Nullable Throwable> lost = new AtomicReference<>();

    private ConnectRace race(SocketAddress... addresses) {
        Bootstrap bootstrap = new Bootstrap() {

            @Override
            public ChannelFuture connect(SocketAddress address) {
                ChannelPromise attempt = new EmbeddedChannel().newPromise();
                ConnectRaceTests.this.asked.add(address);
                ConnectRaceTests.this.attempts.add(attempt);
                return attempt;
            }

        };
        ConnectRace race = new ConnectRace(this.clock.eventLoop(), bootstrap, List.of(addresses), this.won::set,
                this.lost::set);
        this.clock.freezeTime();
        race.tryNext();
        return race;
    }

    private void after(long millis) {
        this.clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        this.clock.runPendingTasks();
        this.clock.runScheduledPendingTasks();
    }

    private Channel channel(int attempt) {
        return this.attempts.get(attempt).channel();
    }

    @Test
    void whatIsSilentIsAskedOnceMoreSoonerThanTheKernelDoes() {
        race(ONE);
        after(499);
        assertThat(this.asked).containsExactly(ONE);
        after(1);
        assertThat(this.asked).containsExactly(ONE, ONE);
        after(5000);
        assertThat(this.asked).containsExactly(ONE, ONE);
        this.attempts.get(1).setSuccess();
        assertThat(this.won).hasValue(channel(1));
        assertThat(channel(0).isOpen()).isFalse();
    }

    @Test
    void whatRefusesIsNotAskedTwice() {
        race(ONE, TWO);
        this.attempts.get(0).setFailure(new IllegalStateException("refused"));
        assertThat(this.asked).containsExactly(ONE, TWO);
        after(500);
        assertThat(this.asked).containsExactly(ONE, TWO, TWO);
        IllegalStateException refused = new IllegalStateException("refused");
        this.attempts.get(1).setFailure(refused);
        assertThat(this.lost).hasValue(refused);
        assertThat(channel(2).isOpen()).isFalse();
        assertThat(this.won).hasValue(null);
    }

    @Test
    void oneThatRefusesTheSecondQuestionMayAcceptTheFirst() {
        race(ONE);
        after(500);
        this.attempts.get(1).setFailure(new IllegalStateException("refused"));
        assertThat(this.lost).hasValue(null);
        this.attempts.get(0).setSuccess();
        assertThat(this.won).hasValue(channel(0));
    }

    @Test
    void whatIsGivenUpLeavesNothingOpen() {
        ConnectRace race = race(ONE, TWO);
        after(250);
        after(500);
        assertThat(this.asked).containsExactly(ONE, TWO, ONE, TWO);
        race.giveUp();
        assertThat(this.attempts).noneMatch((attempt) -> attempt.channel().isOpen());
        after(5000);
        assertThat(this.asked).hasSize(4);
    }

}
