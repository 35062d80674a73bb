package io.memlink.cluster.routing;

import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.health.EjectionLimit;
import io.memlink.cluster.journal.Journals;
import io.memlink.link.ConnectionPool;
import io.memlink.link.LinkListener;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;

/**
 * A factory of nodes, with what all those of a cluster have in common. Immutable.
 *
 * @param protocol how connections are greeted
 * @param options clocks and bounds of each node's connections
 * @param resources threads
 * @param timers where the health of nodes is decided
 * @param events who is told what happens
 * @param overflow what is done with a node whose journal has overflowed
 * @param limit how many nodes may be ejected
 * @param slowRequestNanos from when on a request is logged as slow
 * @param journals know who else has to be told of what a node is owed
 */
record NodeFactory(Protocol protocol, LinkOptions options, LinkResources resources, Timers timers, ClusterEvents events,
        JournalOverflow overflow, EjectionLimit limit, long slowRequestNanos, Journals journals) {

    ConnectionPool connect(Backend address, LinkListener listener) {
        return new ConnectionPool(address.endpoint(), this.protocol, this.options, this.resources, listener);
    }

}
