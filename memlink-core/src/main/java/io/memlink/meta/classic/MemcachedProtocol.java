package io.memlink.meta.classic;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.Outcome;
import io.memlink.link.Link;
import io.memlink.link.Protocol;
import io.memlink.link.Request;
import io.memlink.meta.MetaNoop;
import io.memlink.meta.wire.ServerVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Greets memcached: asks for the version, which tells whether the meta protocol of today
 * is spoken, and logs in where that is refused and there are credentials. Safe for use by
 * many threads.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Authentication"</a>
 * @since 0.1.0
 */
public final class MemcachedProtocol implements Protocol {

    private static final Logger logger = LoggerFactory.getLogger(MemcachedProtocol.class);

    private static final String VERSION = "VERSION ";

    private static final String ASK_VERSION = "version\r\n";

    private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated";

    /** Longer than a login of any use; keeps what a server sent out of messages. */
    private static final int SHOWN_CHARACTERS = 80;

    private final @Nullable Credentials credentials;

    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Creates the protocol.
     * @param credentials who the client is; {@code null} where the servers do not ask
     */
    public MemcachedProtocol(@Nullable Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public CompletableFuture<?> greet(Link connection) {
        Credentials credentials = this.credentials;
        if (credentials == null) {
            return askVersion(connection);
        }
        // A server that asks for no login would store name and password as an item, for
        // everybody to read. Each request alone, since a server may answer several before
        // the login with one line.
        return connection.send(new GreetingRequest(ASK_VERSION)).thenCompose((reply) -> {
            if (reply.equals(UNAUTHENTICATED)) {
                return logIn(connection, credentials);
            }
            ServerVersion version = version(reply);
            if (this.warned.compareAndSet(false, true)) {
                logger.warn("A server asks for no login, so name and password were not sent to it "
                        + "(expected: a server that was started with -Y)");
            }
            return CompletableFuture.completedFuture(version);
        });
    }

    private CompletableFuture<ServerVersion> logIn(Link connection, Credentials credentials) {
        return connection.send(login(credentials)).thenCompose((reply) -> {
            if (!reply.equals("STORED")) {
                throw loginRefused(reply);
            }
            return askVersion(connection);
        });
    }

    /**
     * The login has the form of a classic set, whose key, flags and expiration mean
     * nothing.
     */
    private static GreetingRequest login(Credentials credentials) {
        String token = credentials.username() + " " + credentials.password();
        int length = token.getBytes(StandardCharsets.UTF_8).length;
        return new GreetingRequest("set login 0 0 " + length + "\r\n" + token + "\r\n");
    }

    /** Does not say whose login it was, since that is logged and shown. */
    private static MemlinkConnectionException loginRefused(String reply) {
        if (reply.startsWith("CLIENT_ERROR")) {
            return failure(Reason.AUTHENTICATION, "the server refused the login");
        }
        return notMemcached(reply);
    }

    private CompletableFuture<ServerVersion> askVersion(Link connection) {
        return connection.send(new GreetingRequest(ASK_VERSION)).thenApply(this::version);
    }

    private ServerVersion version(String reply) {
        if (!reply.startsWith(VERSION) || reply.length() == VERSION.length()) {
            throw refused(reply);
        }
        ServerVersion version = ServerVersion.parse(reply.substring(VERSION.length()));
        if (version.isKnown() && !version.isAtLeast(1, 6, 10)) {
            throw failure(Reason.OLD_SERVER, "memcached " + version.text()
                    + " does not speak the meta protocol of today (expected: 1.6.10 or newer)");
        }
        return version;
    }

    private MemlinkConnectionException refused(String reply) {
        if (reply.equals(UNAUTHENTICATED)) {
            return failure(Reason.AUTHENTICATION, (this.credentials != null) ? "the server does not accept the login"
                    : "the server asks for a username and a password");
        }
        if (reply.startsWith("ERROR Too many open connections")) {
            return failure(Reason.REFUSED, "the server has too many open connections");
        }
        if (reply.startsWith("SERVER_ERROR")) {
            // It speaks the protocol, or its proxy does, and may be well any moment.
            return failure(Reason.REFUSED, "the server answered \"" + shown(reply) + "\"");
        }
        return notMemcached(reply);
    }

    private static MemlinkConnectionException notMemcached(String reply) {
        String shown = shown(reply);
        String guess = "";
        if (shown.startsWith("-")) {
            guess = "; is it Redis?";
        }
        else if (shown.startsWith("HTTP/") || shown.startsWith("SSH-")) {
            guess = "; is it the right port?";
        }
        return failure(Reason.WRONG_PROTOCOL, "not memcached: it answered \"" + shown + "\"" + guess);
    }

    private static String shown(String reply) {
        return reply.substring(0, Math.min(reply.length(), SHOWN_CHARACTERS)).replaceAll("[^ -~]", "?");
    }

    private static MemlinkConnectionException failure(Reason reason, String message) {
        return new MemlinkConnectionException(reason, Outcome.NOT_SENT, message, null);
    }

    /** Does not show who logs in. */
    @Override
    public String toString() {
        return "login=" + (this.credentials != null);
    }

    @Override
    public Request<?> ping() {
        return MetaNoop.INSTANCE;
    }

}
