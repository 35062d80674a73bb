package io.memlink.link.transport;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;

/**
 * The race between several addresses, which the first that accepts wins. The next one is
 * tried as soon as one refuses, or does not answer for a while. Confined to an event
 * loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8305">RFC 8305, Happy Eyeballs</a>
 */
public final class ConnectRace {

    private static final long PATIENCE_MILLIS = 250;

    private final EventLoop loop;

    private final Bootstrap bootstrap;

    private final List<SocketAddress> addresses;

    private final Consumer<Channel> won;

    private final Consumer<Throwable> lost;

    private final List<ChannelFuture> attempts = new ArrayList<>();

    private int failures;

    private boolean over;

    public ConnectRace(EventLoop loop, Bootstrap bootstrap, List<SocketAddress> addresses, Consumer<Channel> won,
            Consumer<Throwable> lost) {
        this.loop = loop;
        this.bootstrap = bootstrap;
        this.addresses = addresses;
        this.won = won;
        this.lost = lost;
    }

    /** Tries the next address, where there is one; called once to begin with. */
    public void tryNext() {
        int position = this.attempts.size();
        if (this.over || position == this.addresses.size()) {
            return;
        }
        ChannelFuture attempt = this.bootstrap.connect(this.addresses.get(position));
        this.attempts.add(attempt);
        attempt.addListener((done) -> {
            try {
                ended(attempt);
            }
            catch (Throwable ex) {
                lose(ex);
            }
        });
        if (position + 1 < this.addresses.size()) {
            this.loop.schedule(() -> tryAfter(position), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tryAfter(int position) {
        if (this.attempts.size() == position + 1) {
            try {
                tryNext();
            }
            catch (Throwable ex) {
                lose(ex);
            }
        }
    }

    /** One attempt could not even be begun or ended. */
    private void lose(Throwable failure) {
        if (!this.over) {
            giveUp();
            this.lost.accept(failure);
        }
    }

    /**
     * Ends all attempts, of which nobody hears any more. Has no effect on what has won.
     */
    public void giveUp() {
        if (!this.over) {
            this.over = true;
            this.attempts.forEach((attempt) -> attempt.channel().close());
        }
    }

    private void ended(ChannelFuture attempt) {
        if (this.over) {
            attempt.channel().close();
        }
        else if (attempt.isSuccess()) {
            this.over = true;
            this.attempts.stream().filter((other) -> other != attempt).forEach((other) -> other.channel().close());
            this.won.accept(attempt.channel());
        }
        else {
            this.failures++;
            tryNext();
            if (this.failures == this.addresses.size()) {
                this.over = true;
                this.lost.accept(attempt.cause());
            }
        }
    }

}
