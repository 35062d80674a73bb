package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.memlink.cluster.Failover;
import io.memlink.discovery.Discovery;
import io.memlink.link.LinkOptions;
import io.memlink.loading.LoadPolicy;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Settings that no client can be built of, each refused by its name.
 */
class ClientSettingsTests {

    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    private static Stream<Arguments> times() {
        return Stream.of(time("requestTimeout", MemlinkClient.builder()::requestTimeout),
                time("connectTimeout", MemlinkClient.builder()::connectTimeout),
                time("handshakeTimeout", MemlinkClient.builder()::handshakeTimeout),
                time("closeTimeout", MemlinkClient.builder()::closeTimeout),
                time("idlePing", MemlinkClient.builder()::idlePing), time("maxAge", MemlinkClient.builder()::maxAge),
                time("slowRequestThreshold", MemlinkClient.builder()::slowRequestThreshold),
                time("discoveryInterval",
                        (interval) -> MemlinkClient.builder().discovery(Discovery.dns(List.of("name")), interval)),
                time("handshakeTimeout", LinkOptions.builder()::handshakeTimeout),
                time("maxTimeToLive", (limit) -> new Failover(List.of(), limit)),
                time("leaseTime", LoadPolicy.builder()::leaseTime), time("maxWait", LoadPolicy.builder()::maxWait),
                time("recacheBefore", LoadPolicy.builder()::recacheBefore),
                time("staleFor", LoadPolicy.builder()::staleFor));
    }

    private static Arguments time(String name, Consumer<Duration> setting) {
        return arguments(name, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("times")
    void aTimeThatIsTooLongOrNegativeIsRefused(String name, Consumer<Duration> setting) {
        for (Duration time : List.of(LONGEST, LONGEST.negated(), Duration.ofNanos(-1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> setting.accept(time))
                .withMessageStartingWith(name + ": " + time + " (expected: ");
        }
    }

    private static Stream<Arguments> sizes() {
        return Stream.of(size("maxValueBytes", (bytes) -> MemlinkClient.builder().maxValueBytes((int) bytes)),
                size("maxItemBytes", (bytes) -> MemlinkClient.builder().maxItemBytes((int) bytes)),
                size("maxInFlight", (number) -> MemlinkClient.builder().maxInFlight((int) number)),
                size("maxInFlightBytes", (bytes) -> MemlinkClient.builder().maxInFlightBytes((int) bytes)),
                size("maxPendingRequests", (number) -> MemlinkClient.builder().maxPendingRequests((int) number)),
                size("maxPendingBytes", MemlinkClient.builder()::maxPendingBytes),
                size("maxPendingBytesPerBackend", MemlinkClient.builder()::maxPendingBytesPerBackend),
                size("poolSize", (number) -> MemlinkClient.builder().poolSize((int) number)),
                size("ioThreads", (number) -> MemlinkClient.builder().ioThreads((int) number)));
    }

    /** A setting of numbers, which {@code int} ones are given as far as they reach. */
    interface Size {

        void accept(long size);

    }

    private static Arguments size(String name, Size setting) {
        return arguments(name, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    void aNumberThatIsZeroOrNegativeIsRefused(String name, Size setting) {
        for (long size : List.of(0L, -1L, (long) Integer.MIN_VALUE)) {
            assertThatIllegalArgumentException().isThrownBy(() -> setting.accept(size))
                .withMessageStartingWith(name + ": " + size + " (expected: ");
        }
    }

    /** A bound that cannot be counted up to would be none. */
    @Test
    void aNumberThatCannotBeCountedIsRefused() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MemlinkClient.builder().maxPendingBytesPerBackend(Long.MAX_VALUE))
            .withMessageStartingWith("maxPendingBytesPerBackend: 9223372036854775807 (expected: 1024 to ");
        assertThatIllegalArgumentException().isThrownBy(() -> MemlinkClient.builder().maxPendingBytes(Long.MAX_VALUE))
            .withMessageStartingWith("maxPendingBytes: 9223372036854775807 (expected: 1024 to ");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MemlinkClient.builder().maxPendingRequests(Integer.MAX_VALUE))
            .withMessageStartingWith("maxPendingRequests: 2147483647 (expected: 1 to ");
    }

    @Test
    void aFactoryThatMakesNothingIsNamed() {
        Discovery.Factory discovery = (protocol, options, resources) -> nothing();
        NodeLocator.Factory locator = (backends) -> nothing();
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MemlinkClient.builder().discovery(discovery, Duration.ofSeconds(1)).build())
            .withMessage("discovery: " + discovery.getClass().getName() + " made null (expected: a Discovery)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MemlinkClient.builder().backends("127.0.0.1:1").locator(locator).build())
            .withMessage("locator: " + locator.getClass().getName() + " made null (expected: a NodeLocator)");
        assertThatIllegalArgumentException().isThrownBy(() -> MemlinkClient.onDemand(() -> nothing()).start())
            .withMessageEndingWith(" made null (expected: a builder)");
    }

    private static <T> T nothing() {
        return null;
    }

    @Test
    void aBackendThatComesTwiceIsRefusedWhereItIsSet() {
        assertThatIllegalArgumentException().isThrownBy(() -> MemlinkClient.builder().backends("a", "a:11211"))
            .withMessage("backends: [a:11211, a:11211] (expected: different ones, but a:11211 comes twice)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MemlinkClient.builder().backends("a").backends(Backend.parse("a=b")).backends("a=c"))
            .withMessageEndingWith("but a=c:11211 comes twice)");
        assertThatIllegalArgumentException().isThrownBy(() -> Failover.gutter("a", "a"))
            .withMessageStartingWith("gutter: [a:11211, a:11211] (expected: different ones");
    }

}
