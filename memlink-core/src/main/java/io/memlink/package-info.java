/**
 * What the user says: the client, its builder, values and how they become bytes. Knows no
 * Netty and no sockets; those are two floors below.
 * <p>
 * Read {@link io.memlink.MemlinkClient} first, then {@link io.memlink.ValueOperations},
 * then {@code DefaultMemlinkClient}, which builds one {@link io.memlink.meta.MetaRequest}
 * for each call and hands it to the {@link io.memlink.cluster.routing.Router}.
 */
@NullMarked
package io.memlink;

import org.jspecify.annotations.NullMarked;
