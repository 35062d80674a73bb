package io.memlink.benchmarks.sidebyside.contender;

import java.util.List;

import io.netty.channel.epoll.Epoll;

/**
 * A client and how it differs from its defaults, as its name tells: {@code memlink-4} has
 * four connections, {@code memlink-nio} the transport of the JDK, {@code memlink-openssl}
 * encrypts with OpenSSL. Immutable.
 *
 * @param client whose client
 * @param connections to each backend; zero for those of the workload
 * @param wantedTransport {@code nio}, {@code epoll} or empty
 * @param openSsl whether OpenSSL encrypts, not the JDK
 */
public record Variant(String client, int connections, String wantedTransport, boolean openSsl) {

    private static final List<String> ON_NETTY = List.of("memlink", "raw", "folsom", "memlink-cache", "redis-cache");

    /** Reads the name of a contender. */
    public static Variant named(String name) {
        String client = "";
        int connections = 0;
        String transport = "";
        boolean openSsl = false;
        for (String word : name.split("-")) {
            if (client.isEmpty() || word.equals("cache")) {
                client = client.isEmpty() ? word : client + "-" + word;
            }
            else if (word.matches("\\d{1,2}")) {
                connections = Integer.parseInt(word);
            }
            else if (word.equals("nio") || word.equals("epoll")) {
                transport = word;
            }
            else if (word.equals("openssl")) {
                openSsl = true;
            }
            else {
                throw new IllegalArgumentException("contender: " + name
                        + " (expected: a client, then any of -CONNECTIONS, -nio, -epoll, -openssl)");
            }
        }
        return new Variant(client, connections, transport, openSsl);
    }

    /** Returns what moves the bytes of this client here. */
    public String transport() {
        if (!this.wantedTransport.isEmpty()) {
            return this.wantedTransport;
        }
        if (this.client.equals("blocking")) {
            return "socket";
        }
        return (ON_NETTY.contains(this.client) && Epoll.isAvailable()) ? "epoll" : "nio";
    }

}
