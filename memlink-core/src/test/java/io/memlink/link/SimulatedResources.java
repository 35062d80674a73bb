package io.memlink.link;

import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.PolledLoop;
import io.memlink.link.loop.Threads;
import io.memlink.link.transport.AddressLookup;
import io.memlink.link.transport.Transport;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.Ticker;

/**
 * What a client has of a simulation in place of threads, clocks, sockets and chance.
 *
 * @param resources of the client
 * @param loops its event loops
 */
public record SimulatedResources(LinkResources resources, List<PolledLoop> loops) {

    /** Makes resources that take nothing from this JVM but memory. */
    public static SimulatedResources of(int threads, Transport transport, RandomGenerator random,
            ByteBufAllocator allocator, AddressLookup.NameService names, Threads loopThreads, Ticker ticker,
            InstantSource clock) {
        LinkResources resources = new LinkResources(threads, 4096, 1 << 24, transport, new LinkResources.Environment(
                random, allocator, names, loopThreads, ticker, clock, (home, slots) -> random.nextInt(slots.length)));
        List<DrivenLoop> loops = IntStream.range(0, threads).mapToObj((i) -> resources.nextLoop()).toList();
        return new SimulatedResources(resources, loops.stream().map(PolledLoop::new).toList());
    }

    /** Returns how many requests hold a permit. */
    public int pending() {
        return this.resources.budget().requests();
    }

    /** Returns how many bytes of them are counted. */
    public long pendingBytes() {
        return this.resources.budget().bytes();
    }

}
