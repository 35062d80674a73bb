package io.memlink.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.link.Endpoint;

/**
 * Questions for all that DNS says of a name. Safe for use by many threads; the questions,
 * which block, are put in threads of their own, where futures are completed too.
 * <p>
 * A name that does not exist, or cannot be asked for, fails with
 * {@link MemlinkConnectionException}. A name server that is silent holds one thread for
 * each name: who asks again meanwhile waits for the same answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2782">RFC 2782, A DNS RR for specifying
 * the location of services</a>
 * @since 0.1.0
 */
final class DnsLookup {

    private static final String URL = "dns:";

    private static final String PREFER_IPV6 = "java.net.preferIPv6Addresses";

    /** The JDK's own default keeps a thread for up to 15 seconds. */
    private static final Hashtable<String, String> ENVIRONMENT = new Hashtable<>();

    static {
        ENVIRONMENT.put("com.sun.jndi.dns.timeout.initial", "1000");
        ENVIRONMENT.put("com.sun.jndi.dns.timeout.retries", "2");
    }

    private final Executor threads;

    /** Questions that have not been answered, by what is asked for. */
    private final Map<String, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    /**
     * Creates a lookup.
     * @param threads wait for answers
     */
    DnsLookup(Executor threads) {
        this.threads = threads;
    }

    /**
     * Asks for the addresses of a host, as connecting does: by the settings of this
     * machine, with its hosts file and search domains.
     * <p>
     * A host may have an address of each family. Nothing tells which two are one host's,
     * and each would be a backend of its own; so only those of one family are told where
     * there are both: of IPv4, unless {@code java.net.preferIPv6Addresses} is set.
     * @param host a name or an address
     * @return its addresses, in ascending order
     */
    CompletableFuture<List<String>> addresses(String host) {
        return ask("addresses of " + host, host,
                () -> ofOneFamily(InetAddress.getAllByName(host), Boolean.getBoolean(PREFER_IPV6)));
    }

    static List<String> ofOneFamily(InetAddress[] addresses, boolean preferIpv6) {
        List<InetAddress> preferred = Stream.of(addresses)
            .filter((address) -> address instanceof Inet6Address == preferIpv6)
            .toList();
        return (preferred.isEmpty() ? List.of(addresses) : preferred).stream()
            .map(InetAddress::getHostAddress)
            .sorted()
            .toList();
    }

    /**
     * Asks where a service is.
     * @param name its full name, such as
     * {@code _memcache._tcp.memcached.default.svc.cluster.local}, as search domains are
     * not tried; or {@code dns://server:port/name}, to ask another server than those of
     * this machine
     * @return the targets of the records with the lowest priority, in the order of their
     * names; weights are not told
     */
    @SuppressWarnings("BanJNDI") // only names of DNS are asked for, and text is read
    CompletableFuture<List<Endpoint>> services(String name) {
        return ask("services of " + name, name, () -> {
            DirContext context = new InitialDirContext(ENVIRONMENT);
            try {
                String url = name.startsWith(URL) ? name : URL + "/" + name;
                Attribute records = context.getAttributes(url, new String[] { "SRV" }).get("SRV");
                return (records != null) ? first(records.getAll()) : List.of();
            }
            finally {
                context.close();
            }
        });
    }

    private static List<Endpoint> first(NamingEnumeration<?> records) throws NamingException {
        List<ServiceRecord> services = new ArrayList<>();
        while (records.hasMore()) {
            services.add(ServiceRecord.parse(String.valueOf(records.next())));
        }
        int priority = services.stream().mapToInt(ServiceRecord::priority).min().orElse(0);
        return services.stream()
            .filter((service) -> service.priority == priority)
            .map(ServiceRecord::target)
            .sorted(Comparator.comparing(Endpoint::toString))
            .toList();
    }

    @SuppressWarnings("unchecked") // what is asked for has answers of one type
    private <T> CompletableFuture<T> ask(String what, String name, Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture<?> before = this.open.putIfAbsent(what, answer);
        if (before != null) {
            return (CompletableFuture<T>) before.copy();
        }
        answer.whenComplete((told, failure) -> this.open.remove(what));
        try {
            this.threads.execute(() -> answer(name, question, answer));
        }
        catch (RejectedExecutionException ex) {
            answer.completeExceptionally(
                    new MemlinkClosedException(Outcome.NOT_SENT, name + ": the client was closed", null));
        }
        return answer.copy();
    }

    private static <T> void answer(String name, Callable<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.call());
        }
        catch (UnknownHostException | NamingException ex) {
            answer.completeExceptionally(failure(name + ": cannot be looked up: " + ex.getMessage(), ex));
        }
        catch (Throwable ex) {
            answer.completeExceptionally(failure(name + ": " + ex.getMessage(), ex));
        }
    }

    private static MemlinkException failure(String message, Throwable cause) {
        return new MemlinkConnectionException(Reason.UNKNOWN_HOST, Outcome.NOT_SENT, message, cause);
    }

    /**
     * The content of one SRV record.
     *
     * @param priority those with the lowest number are to be used
     * @param target where the service is
     */
    private record ServiceRecord(int priority, Endpoint target) {

        /**
         * Reads {@code priority weight port target}.
         * @throws IllegalArgumentException where it is not that
         */
        static ServiceRecord parse(String text) {
            String[] parts = text.split(" ");
            if (parts.length != 4) {
                throw new IllegalArgumentException("SRV: " + text + " (expected: priority weight port target)");
            }
            String host = parts[3].endsWith(".") ? parts[3].substring(0, parts[3].length() - 1) : parts[3];
            return new ServiceRecord(Integer.parseInt(parts[0]), new Endpoint(host, Integer.parseInt(parts[2])));
        }

    }

}
