package io.memlink.cluster.routing;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.memlink.cluster.routing.KeyWindows.Again;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.meta.BatchReply;
import io.memlink.meta.Key;
import io.memlink.meta.MetaBatch;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import org.jspecify.annotations.Nullable;

/**
 * Reads of many keys, those of one connection in a few requests, in {@link KeyWindows} of
 * what goes down each connection. A key that needs more than being sent, because its
 * backend is unhealthy or owes it a delete, is read by itself; so is one whose reply is
 * {@link BatchReply#isInDoubt in doubt}, or may have been owed a delete since. Safe for
 * use by many threads.
 */
final class BatchedGet implements KeyWindows.Traffic {

    /** A batch has one deadline, so it should not take much longer than one request. */
    private static final int MAX_BATCH = 100;

    /** How many batches are pending on one connection. */
    private static final int WINDOW = 5;

    /** What a key takes beside itself. */
    private static final int KEY_BYTES = 8;

    private final Router router;

    private final List<Key> keys;

    private final Router.Results results;

    /** The connections of each node. Confined to the steps. */
    private final Map<Node, Connection[]> connections = new IdentityHashMap<>();

    BatchedGet(Router router, List<Key> keys, Router.Results results) {
        this.router = router;
        this.keys = keys;
        this.results = results;
    }

    void begin() {
        BulkLimits limits = this.router.bulk().limits();
        new KeyWindows(this, this.keys.size(), MAX_BATCH,
                new BulkLimits(Math.min(WINDOW, limits.requests()), limits.bytes(), limits.patience()))
            .begin();
    }

    /** The connection that some keys of one node use. */
    private record Connection(Node node, int index) {
    }

    @Override
    public Object membership() {
        return this.router.bulk().membership();
    }

    @Override
    public Object lane(int position) {
        Key key = this.keys.get(position);
        Node node = this.router.bulk().owner(key);
        return this.connections.computeIfAbsent(node, BatchedGet::connections)[node.lane(key)];
    }

    private static Connection[] connections(Node node) {
        Connection[] connections = new Connection[node.lanes()];
        Arrays.setAll(connections, (index) -> new Connection(node, index));
        return connections;
    }

    @Override
    public BulkShare share(Object lane) {
        return this.router.bulk().share(((Connection) lane).node().address());
    }

    @Override
    public int bytes(int position) {
        return this.keys.get(position).routingBytes().length + KEY_BYTES;
    }

    @Override
    public CompletableFuture<Again> send(Object lane, int[] positions) {
        Node node = ((Connection) lane).node();
        Key[] batch = new Key[positions.length];
        Arrays.setAll(batch, (i) -> this.keys.get(positions[i]));
        Object membership = membership();
        long mark = node.journal().mark();
        if (!this.router.arePlain(node, batch)) {
            return sendOneByOne(positions, membership);
        }
        CompletableFuture<BatchReply> reply;
        try {
            reply = node.sendDown(((Connection) lane).index(), MetaBatch.ofValues(Arrays.asList(batch)));
        }
        catch (Throwable ex) {
            reply = CompletableFuture.failedFuture(ex);
        }
        return reply
            .handle((replies, failure) -> ended(positions, membership, replies, failure,
                    (key) -> node.journal().mayOwe(key, mark)))
            .thenCompose((ended) -> ended);
    }

    private CompletableFuture<Again> sendOneByOne(int[] positions, Object membership) {
        CompletableFuture<Again> all = CompletableFuture.completedFuture(Again.NOTHING);
        for (int position : positions) {
            all = all.thenCombine(sendOne(position, membership), Again::and);
        }
        return all;
    }

    private CompletableFuture<Again> sendOne(int position, Object membership) {
        try {
            return this.router.send(MetaGet.value(this.keys.get(position)))
                .handle((reply, failure) -> ended(position, membership, reply, failure));
        }
        catch (Throwable ex) {
            return CompletableFuture.completedFuture(ended(position, membership, null, ex));
        }
    }

    private CompletableFuture<Again> ended(int[] positions, Object membership, @Nullable BatchReply reply,
            @Nullable Throwable failure, Predicate<Key> owed) {
        CompletableFuture<Again> ended = CompletableFuture.completedFuture(Again.NOTHING);
        Again again = Again.NOTHING;
        for (int i = 0; i < positions.length; i++) {
            Throwable cause = (reply != null) ? reply.failure(i) : failure;
            MetaReply read = (reply != null && cause == null) ? reply.reply(i) : null;
            if (read != null && reply != null && (reply.isInDoubt(i) || owed.test(this.keys.get(positions[i])))) {
                ended = ended.thenCombine(sendOne(positions[i], membership), Again::and);
            }
            else {
                again = again.and(ended(positions[i], membership, read, cause));
            }
        }
        Again sofar = again;
        return ended.thenApply(sofar::and);
    }

    private Again ended(int position, Object membership, @Nullable MetaReply reply, @Nullable Throwable thrown) {
        Throwable failure = (thrown != null) ? KeyTurns.unwrap(thrown) : null;
        if (failure instanceof MemlinkOverloadedException refusal) {
            return new Again(new int[] { position }, refusal, null);
        }
        if (failure instanceof MemlinkException && membership != membership()) {
            // It may belong to another backend by now; reading it again does no harm.
            return new Again(new int[] { position }, null, null);
        }
        this.results.ended(position, reply, failure);
        return (failure instanceof MemlinkTimeoutException timeout) ? new Again(new int[0], null, timeout)
                : Again.NOTHING;
    }

    @Override
    public void giveUp(int position, MemlinkException failure) {
        this.results.ended(position, null, failure);
    }

    @Override
    public void broken(Throwable failure) {
        this.results.broken(failure);
    }

    @Override
    public void later(Runnable step, long nanos) {
        this.router.bulk().timers().scheduleInAnyCase(step, nanos);
    }

    @Override
    public long nanoTime() {
        return this.router.bulk().timers().nanoTime();
    }

}
