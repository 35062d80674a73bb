package io.memlink.benchmarks.soak.rivals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import net.spy.memcached.FailureMode;
import org.jspecify.annotations.Nullable;

/**
 * A client under the faults, set up as its documentation recommends, with timeouts of
 * {@value #TIMEOUT_MILLIS} ms. Safe for use by many threads. Whatever is not done is told
 * by an exception.
 */
interface RivalClient extends AutoCloseable {

    /** How long calls and connection attempts may take, where that can be set. */
    int TIMEOUT_MILLIS = 500;

    /** Connects to the servers of a kind. */
    static RivalClient create(String name, List<String> addresses) throws Exception {
        return switch (name) {
            case "memlink" -> new MemlinkRival(addresses);
            case "spymemcached" -> new SpymemcachedRival(named(addresses), FailureMode.Redistribute);
            case "spymemcached-cancel" -> new SpymemcachedRival(named(addresses), FailureMode.Cancel);
            case "xmemcached" -> new XmemcachedRival(named(addresses), false);
            case "xmemcached-failure" -> new XmemcachedRival(named(addresses), true);
            case "folsom" -> new FolsomRival(addresses);
            case "lettuce" -> new LettuceRival(addresses);
            default -> throw new IllegalArgumentException("client: " + name + " (expected: one of " + Rivals.ALL + ")");
        };
    }

    /**
     * A server has the same name for all instances of a client, whatever the way to it,
     * since names decide where keys live.
     */
    private static List<InetSocketAddress> named(List<String> addresses) throws UnknownHostException {
        List<InetSocketAddress> named = new ArrayList<>();
        for (String address : addresses) {
            String[] parts = address.split(":");
            InetAddress host = InetAddress.getByAddress("server-" + named.size(),
                    InetAddress.getByName(parts[0]).getAddress());
            named.add(new InetSocketAddress(host, Integer.parseInt(parts[1])));
        }
        return named;
    }

    /** Reads without waiting; completed with {@code null} for a miss. */
    CompletionStage<byte @Nullable []> get(String key);

    /** Reads and waits. */
    byte @Nullable [] getNow(String key) throws Exception;

    /** Stores and waits. */
    void setNow(String key, byte[] value) throws Exception;

    /** Deletes, whether or not there is something, and waits. */
    void deleteNow(String key) throws Exception;

    @Override
    void close() throws IOException;

    /** A call ended in order, and did not do what it was for. */
    final class NotDoneException extends Exception {

        private static final long serialVersionUID = 1L;

        NotDoneException(String why) {
            super(why);
        }

    }

}
