package io.memlink.embedded.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.EmbeddedMemcachedBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs embedded servers until the process is asked to end. Not for calling from a
 * program: there, use {@link EmbeddedMemcached}.
 *
 * @since 0.1.0
 */
public final class EmbeddedMemcachedServer {

    private static final Logger logger = LoggerFactory.getLogger(EmbeddedMemcachedServer.class);

    private static final int USAGE = 64;

    private static final int UNAVAILABLE = 69;

    private EmbeddedMemcachedServer() {
    }

    /**
     * Runs servers.
     * @param arguments see {@code --help}
     * @throws InterruptedException if the wait for the end is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        int status = run(arguments, System.out, System.err);
        if (status >= 0) {
            System.exit(status);
        }
    }

    /**
     * Runs servers, and returns the status of the program, or -1 once they were closed.
     */
    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        List<EmbeddedMemcached> servers;
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(Options.HELP);
                return 0;
            }
            if (options.showVersion()) {
                out.println("memlink-embedded, as memcached " + EmbeddedMemcachedBuilder.DEFAULT_VERSION);
                return 0;
            }
            servers = start(options);
        }
        catch (IllegalArgumentException ex) {
            err.println(ex.getMessage());
            err.println("See --help");
            return USAGE;
        }
        catch (IllegalStateException | IOException | GeneralSecurityException ex) {
            Throwable cause = ex.getCause();
            err.println(ex.getMessage() + ((cause != null) ? ": " + cause.getMessage() : ""));
            return UNAVAILABLE;
        }
        Thread closing = new Thread(() -> close(servers), "memlink-embedded-shutdown-hook");
        Runtime.getRuntime().addShutdownHook(closing);
        for (EmbeddedMemcached server : servers) {
            server.awaitClose();
        }
        return -1;
    }

    private static List<EmbeddedMemcached> start(Options options) throws IOException, GeneralSecurityException {
        List<EmbeddedMemcached> servers = new ArrayList<>();
        try {
            for (EmbeddedMemcachedBuilder each : options.servers()) {
                EmbeddedMemcached server = each.start();
                servers.add(server);
                String control = (server.controlPort() > 0) ? ", controlled on port " + server.controlPort() : "";
                logger.info("Listening on {}:{}, {}{}", server.address().getAddress().getHostAddress(), server.port(),
                        options.summary(), control);
            }
            return servers;
        }
        catch (IllegalStateException ex) {
            servers.forEach(EmbeddedMemcached::close);
            throw ex;
        }
    }

    private static void close(List<EmbeddedMemcached> servers) {
        for (EmbeddedMemcached server : servers) {
            long requests = server.requests();
            long connections = server.totalConnections();
            server.close();
            logger.info("Closed port {} after {} requests on {} connections", server.port(), requests, connections);
        }
    }

}
