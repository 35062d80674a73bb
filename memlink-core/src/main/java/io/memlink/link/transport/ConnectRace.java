package io.memlink.link.transport;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The race between several addresses, which the first that accepts wins. The next one is
 * tried as soon as one refuses, or does not answer for a while. Confined to an event
 * loop.
 * <p>
 * What is silent for longer is asked once more, beside the first question. The kernel
 * repeats one that was lost only after a second, and a network that was interrupted is to
 * be used again sooner than that. What refuses has answered, and is not asked twice.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8305">RFC 8305, Happy Eyeballs</a>
 */
public final class ConnectRace {

    private static final long PATIENCE_MILLIS = 250;

    /** Half of what the kernel waits, so that the questions are evenly spaced. */
    private static final long AGAIN_MILLIS = 500;

    private final EventLoop loop;

    private final Bootstrap bootstrap;

    private final List<SocketAddress> addresses;

    private final Consumer<Channel> won;

    private final Consumer<Throwable> lost;

    /** One for each address that was tried. */
    private final List<ChannelFuture> attempts = new ArrayList<>();

    /** Beside those that were silent. */
    private final List<ChannelFuture> repeated = new ArrayList<>();

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
        else {
            this.loop.schedule(this::tryAgain, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
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

    private void tryAgain() {
        for (int i = 0; i < this.attempts.size() && !this.over; i++) {
            if (!this.attempts.get(i).isDone()) {
                ChannelFuture attempt = this.bootstrap.connect(this.addresses.get(i));
                this.repeated.add(attempt);
                attempt.addListener((done) -> repeatEnded(attempt));
            }
        }
    }

    /** Only the first attempts say that an address cannot be connected to. */
    private void repeatEnded(ChannelFuture attempt) {
        if (this.over) {
            attempt.channel().close();
        }
        else if (attempt.isSuccess()) {
            win(attempt);
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
            closeAllBut(null);
        }
    }

    private void closeAllBut(@Nullable ChannelFuture winner) {
        Stream.concat(this.attempts.stream(), this.repeated.stream())
            .filter((attempt) -> attempt != winner)
            .forEach((attempt) -> attempt.channel().close());
    }

    private void win(ChannelFuture attempt) {
        this.over = true;
        closeAllBut(attempt);
        this.won.accept(attempt.channel());
    }

    private void ended(ChannelFuture attempt) {
        if (this.over) {
            attempt.channel().close();
        }
        else if (attempt.isSuccess()) {
            win(attempt);
        }
        else {
            this.failures++;
            tryNext();
            if (this.failures == this.addresses.size()) {
                lose(attempt.cause());
            }
        }
    }

}
