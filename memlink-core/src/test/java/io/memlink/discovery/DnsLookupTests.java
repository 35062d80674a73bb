package io.memlink.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.link.Endpoint;
import io.memlink.link.LinkResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DnsLookupTests {

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final LoopbackDns dns = new LoopbackDns();

    private final DnsLookup lookup = new DnsLookup(this.resources.resolver());

    @AfterEach
    void close() {
        this.dns.close();
        this.resources.close();
    }

    @Test
    void addressesAreThoseOfThisMachinesSettings() {
        assertThat(get(this.lookup.addresses("localhost"))).contains("127.0.0.1").isSorted();
        assertThat(get(this.lookup.addresses("10.0.0.7"))).containsExactly("10.0.0.7");
    }

    @Test
    void hostWithAnAddressOfEachFamilyCountsOnce() throws UnknownHostException {
        InetAddress[] dual = { InetAddress.getByName("::1"), InetAddress.getByName("10.0.0.2"),
                InetAddress.getByName("10.0.0.1") };

        assertThat(DnsLookup.ofOneFamily(dual, false)).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(DnsLookup.ofOneFamily(dual, true)).containsExactly("0:0:0:0:0:0:0:1");
        assertThat(DnsLookup.ofOneFamily(new InetAddress[] { dual[0] }, false)).containsExactly("0:0:0:0:0:0:0:1");
        assertThat(DnsLookup.ofOneFamily(new InetAddress[] { dual[1] }, true)).containsExactly("10.0.0.2");
    }

    @Test
    void silentNameServerHoldsOneThreadForEachName() {
        List<Runnable> waiting = new ArrayList<>();
        DnsLookup silent = new DnsLookup(waiting::add);
        List<CompletableFuture<List<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(silent.addresses("127.0.0.1"));
            asked.add(silent.addresses("127.0.0.2"));
        }
        assertThat(waiting).hasSize(2);
        waiting.forEach(Runnable::run);

        assertThat(asked).allSatisfy((answer) -> assertThat(get(answer)).hasSize(1));
        silent.addresses("127.0.0.1");
        assertThat(waiting).hasSize(3);
    }

    @Test
    void targetsOfTheLowestPriorityAreSorted() {
        this.dns.setServices("_memcache._tcp.test", "10 5 11212 cache-2.test", "20 5 11211 spare.test",
                "10 90 11211 cache-1.test");

        assertThat(get(this.lookup.services(this.dns.url("_memcache._tcp.test"))))
            .containsExactly(new Endpoint("cache-1.test", 11211), new Endpoint("cache-2.test", 11212));
    }

    @Test
    void nameWithoutRecordsHasNoTargets() {
        this.dns.setServices("empty.test");

        assertThat(get(this.lookup.services(this.dns.url("empty.test")))).isEmpty();
    }

    @Test
    void nameThatDoesNotExistFails() {
        assertUnknown(this.lookup.services(this.dns.url("nothing.test")), "nothing.test: cannot be looked up");
        assertUnknown(this.lookup.addresses("nothing.invalid"), "nothing.invalid: cannot be looked up");
    }

    @Test
    void recordThatCannotBeConnectedToFails() {
        this.dns.setServices("bad.test", "1 1 0 cache-1.test");

        assertUnknown(this.lookup.services(this.dns.url("bad.test")), "port: 0 (expected: 1 to 65535)");
    }

    @Test
    void nothingIsAskedOnceTheClientIsClosed() {
        this.resources.close();

        assertThat(this.lookup.addresses("localhost")).failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(MemlinkClosedException.class);
    }

    private static void assertUnknown(CompletableFuture<?> answer, String message) {
        assertThat(answer).failsWithin(30, TimeUnit.SECONDS)
            .withThrowableThat()
            .havingCause()
            .isInstanceOfSatisfying(MemlinkConnectionException.class,
                    (failure) -> assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST))
            .withMessageContaining(message);
    }

    private static <T> List<T> get(CompletableFuture<List<T>> answer) {
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

}
