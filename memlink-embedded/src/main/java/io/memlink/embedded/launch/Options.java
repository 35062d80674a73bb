package io.memlink.embedded.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.net.ssl.SSLContext;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.EmbeddedMemcachedBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line. Immutable after parsing.
 */
final class Options {

    static final String HELP = """
            A memcached for development and tests.

            Usage: java -jar memlink-embedded-<version>-server.jar [options]

              --port <port>[,<port>...]  where to listen (default 11211); more than one port starts more than
                                         one server, 0 takes any free port
              --bind <address>           the address to listen on (default: the loopback address)
              --unix-socket <path>       listens on a Unix socket too (with one port)
              --memory <size>            memory for items, for example 64m (default 64m)
              --max-item-size <size>     largest item (default 1m)
              --max-connections <n>      connections at once (default 1024)
              --tls [<file>]             speaks TLS, with the key and certificate of a PKCS #12 or JKS key store or
                                         a PEM file; without a file, with a certificate made for localhost
              --tls-key <file>           a PEM file with the key, if it is not in the first file
              --tls-password <password>  password of the key store (default: changeit)
              --tls-client-ca <file>     asks clients for a certificate that is signed by one of this PEM file
              --auth-file <file>         lets in only the users of this file, lines of user:password
              --claim-version <version>  behaves like this release, for example 1.6.18
              --allow-shutdown           lets clients end the server with shutdown
              --cluster [<nodes>]        answers config get cluster, with host:port,host:port or with itself
              --control-port <port>      takes orders, faults above all, on this port of the loopback address:
                                         connect with nc or curl and say help
              --help, --version
            """;

    private static final String NONE = "";

    private static final List<String> WITHOUT_VALUE = List.of("help", "version", "allow-shutdown");

    private static final List<String> WITH_OPTIONAL_VALUE = List.of("tls", "cluster");

    private static final List<String> WITH_VALUE = List.of("port", "bind", "unix-socket", "memory", "max-item-size",
            "max-connections", "tls-key", "tls-password", "tls-client-ca", "auth-file", "claim-version",
            "control-port");

    private static final String DEFAULT_PORT = "11211";

    // As on a real server.
    private static final long MAX_ITEM_SIZE = 1L << 30;

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    static Options parse(String[] arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = (equals < 0) ? argument : argument.substring(0, equals);
            if (!name.startsWith("--") && !name.equals("-h") && !name.equals("-p")) {
                throw new IllegalArgumentException("argument: " + argument + " (expected: an option)");
            }
            name = name.equals("-h") ? "help" : name.equals("-p") ? "port" : name.substring(2);
            boolean follows = equals < 0 && i + 1 < arguments.length && !arguments[i + 1].startsWith("--");
            boolean optional = WITH_OPTIONAL_VALUE.contains(name);
            if (WITHOUT_VALUE.contains(name) || (optional && equals < 0 && !follows)) {
                values.put(name, NONE);
            }
            else if (!optional && !WITH_VALUE.contains(name)) {
                throw new IllegalArgumentException("option: --" + name + " (expected: one of --help)");
            }
            else if (equals < 0 && !follows) {
                throw new IllegalArgumentException("--" + name + ": nothing (expected: a value)");
            }
            else {
                values.put(name, (equals < 0) ? arguments[++i] : argument.substring(equals + 1));
            }
        }
        return new Options(values);
    }

    boolean help() {
        return this.values.containsKey("help");
    }

    boolean showVersion() {
        return this.values.containsKey("version");
    }

    String summary() {
        return "memory " + this.values.getOrDefault("memory", "64m") + (this.values.containsKey("tls") ? ", TLS" : "")
                + (this.values.containsKey("auth-file") ? ", with login" : "")
                + (this.values.containsKey("claim-version") ? ", as " + this.values.get("claim-version") : "");
    }

    /**
     * Prepares the servers.
     */
    List<EmbeddedMemcachedBuilder> servers() throws IOException, GeneralSecurityException {
        String[] ports = this.values.getOrDefault("port", DEFAULT_PORT).split(",", -1);
        requireWhatBelongsTogether(ports.length);
        List<EmbeddedMemcachedBuilder> servers = new ArrayList<>();
        SSLContext tls = this.values.containsKey("tls") ? tls() : null;
        for (String port : ports) {
            EmbeddedMemcachedBuilder server = EmbeddedMemcached.builder();
            set(server, "port", port);
            configure(server, tls);
            servers.add(server);
        }
        requireRoomForAnItem();
        return servers;
    }

    // What would be passed over otherwise, or fail in the second server.
    private void requireWhatBelongsTogether(int ports) {
        for (String name : List.of("tls-key", "tls-password", "tls-client-ca")) {
            if (this.values.containsKey(name) && !this.values.containsKey("tls")) {
                throw new IllegalArgumentException("--" + name + ": without --tls (expected: with it)");
            }
        }
        for (String name : List.of("unix-socket", "control-port")) {
            if (ports > 1 && this.values.containsKey(name) && !this.values.get(name).equals("0")) {
                throw new IllegalArgumentException(
                        "--" + name + ": " + this.values.get(name) + " (expected: with one port only)");
            }
        }
    }

    private void requireRoomForAnItem() {
        long memory = sizeOr("memory", EmbeddedMemcachedBuilder.DEFAULT_MAX_BYTES);
        if (sizeOr("max-item-size", EmbeddedMemcachedBuilder.DEFAULT_MAX_ITEM_BYTES) > memory) {
            throw new IllegalArgumentException("--max-item-size: " + this.values.getOrDefault("max-item-size", "1m")
                    + " (expected: at most --memory, " + this.values.getOrDefault("memory", "64m") + ")");
        }
    }

    private long sizeOr(String name, long unset) {
        return this.values.containsKey(name) ? size(name, this.values.get(name)) : unset;
    }

    private void configure(EmbeddedMemcachedBuilder server, @Nullable SSLContext tls) throws IOException {
        this.values.forEach((name, value) -> {
            if (!name.equals("port")) {
                set(server, name, value);
            }
        });
        if (tls != null && this.values.containsKey("tls-client-ca")) {
            server.mutualTls(tls);
        }
        else if (tls != null) {
            server.tls(tls);
        }
        if (this.values.containsKey("auth-file")) {
            LoginFile.read(file("auth-file")).forEach(server::credentials);
        }
    }

    // The builder knows its settings by other names.
    private static void set(EmbeddedMemcachedBuilder server, String name, String value) {
        try {
            setUnchecked(server, name, value);
        }
        catch (IllegalArgumentException ex) {
            String message = String.valueOf(ex.getMessage());
            if (message.startsWith("--")) {
                throw ex;
            }
            int expected = message.indexOf(" (expected: ");
            throw new IllegalArgumentException(
                    "--" + name + ": " + value + ((expected < 0) ? "" : message.substring(expected)), ex);
        }
    }

    private static void setUnchecked(EmbeddedMemcachedBuilder server, String name, String value) {
        switch (name) {
            case "port" -> server.port(number(name, value));
            case "bind" -> server.bind(address(value));
            case "unix-socket" -> server.unixSocket(Path.of(value));
            case "memory" -> server.maxBytes(size(name, value));
            case "max-item-size" -> server.maxItemBytes(itemSize(name, value));
            case "max-connections" -> server.maxConnections(number(name, value));
            case "claim-version" -> server.claimVersion(value);
            case "allow-shutdown" -> server.allowShutdown();
            case "cluster" -> server.cluster(value.isEmpty() ? new String[0] : value.split(","));
            case "control-port" -> server.controlPort(number(name, value));
            default -> {
            }
        }
    }

    private SSLContext tls() throws IOException, GeneralSecurityException {
        for (String name : List.of("tls", "tls-key", "tls-client-ca")) {
            if (!this.values.getOrDefault(name, NONE).isEmpty()) {
                file(name);
            }
        }
        TlsFiles files = new TlsFiles(this.values.getOrDefault("tls", NONE), this.values.get("tls-key"),
                this.values.getOrDefault("tls-password", "changeit"), this.values.get("tls-client-ca"));
        try {
            return files.context();
        }
        catch (IOException | GeneralSecurityException ex) {
            throw new IllegalArgumentException("--tls: " + files.file()
                    + " (expected: key, certificates and password that can be used): " + ex.getMessage(), ex);
        }
    }

    private Path file(String name) {
        Path file = Path.of(this.values.getOrDefault(name, NONE));
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("--" + name + ": " + file + " (expected: a file that can be read)");
        }
        return file;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        }
        catch (UnknownHostException ex) {
            throw new IllegalArgumentException("--bind: " + text + " (expected: an address of this machine)", ex);
        }
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        }
        catch (NumberFormatException ex) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: a number)", ex);
        }
    }

    private static int itemSize(String name, String text) {
        long size = size(name, text);
        if (size > MAX_ITEM_SIZE) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: at most 1g)");
        }
        return (int) size;
    }

    /**
     * Reads a size: bytes, or a number with k, m or g. A plain number below 4096 is
     * megabytes, as memcached's own option has it.
     */
    static long size(String name, String text) {
        String lower = text.toLowerCase(Locale.ROOT).replaceFirst("b$", "");
        long unit = lower.endsWith("k") ? 1L << 10
                : lower.endsWith("m") ? 1L << 20 : lower.endsWith("g") ? 1L << 30 : 1;
        try {
            long number = Long.parseLong((unit == 1) ? lower : lower.substring(0, lower.length() - 1));
            boolean megabytes = unit == 1 && number < 4096;
            return Math.multiplyExact(number, megabytes ? 1L << 20 : unit);
        }
        catch (NumberFormatException | ArithmeticException ex) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: like 512k, 64m or 1g)", ex);
        }
    }

}
