package io.memlink.cluster.routing;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.BatchReply;
import io.memlink.meta.Key;
import io.memlink.meta.MetaBatch;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import org.jspecify.annotations.Nullable;

/**
 * Reads of many keys, those of one connection in a few requests. A key that needs more
 * than being sent, because its backend is ill or owes it a delete, is read by itself; so
 * is one whose reply is {@link BatchReply#isInDoubt in doubt}. A connection that lets a
 * request time out is asked for no more. Safe for use by many threads.
 */
final class BatchedGet {

    /** A batch has one deadline, so it should not take much longer than one request. */
    private static final int MAX_BATCH = 100;

    /** How many batches are under way on one connection. */
    private static final int WINDOW = 5;

    private final Router router;

    private final List<Key> keys;

    private final Router.Results results;

    BatchedGet(Router router, List<Key> keys, Router.Results results) {
        this.router = router;
        this.keys = keys;
        this.results = results;
    }

    void begin(Topology topology) {
        Map<Node, @Nullable Lane[]> lanes = new IdentityHashMap<>();
        Node node = null;
        @Nullable Lane[] ofNode = {};
        for (int i = 0; i < this.keys.size(); i++) {
            Key key = this.keys.get(i);
            Node owner = topology.owner(key);
            if (owner != node) {
                node = owner;
                ofNode = lanes.computeIfAbsent(owner, (added) -> new @Nullable Lane[added.lanes()]);
            }
            int index = owner.lane(key);
            Lane lane = ofNode[index];
            if (lane == null) {
                lane = new Lane(owner, Math.min(this.keys.size(), MAX_BATCH));
                ofNode[index] = lane;
            }
            lane.add(i);
        }
        lanes.values().stream().flatMap(Stream::of).forEach((lane) -> {
            if (lane != null) {
                lane.begin();
            }
        });
    }

    /** What goes down one connection. */
    private final class Lane {

        private final Node node;

        private int[] indexes;

        private int size;

        private final AtomicInteger next = new AtomicInteger();

        /** Why the connection is asked for no more. */
        private volatile @Nullable MemlinkTimeoutException refusal;

        Lane(Node node, int expected) {
            this.node = node;
            this.indexes = new int[expected];
        }

        void add(int index) {
            if (this.size == this.indexes.length) {
                this.indexes = Arrays.copyOf(this.indexes, 2 * this.size);
            }
            this.indexes[this.size++] = index;
        }

        void begin() {
            for (int sent = 0; sent < WINDOW && this.next.get() < this.size; sent++) {
                advance();
            }
        }

        /**
         * Sends batches until one is under way, or none is left. A loop, since they may
         * end at once.
         */
        private void advance() {
            int from = this.next.getAndAdd(MAX_BATCH);
            while (from < this.size) {
                CompletableFuture<Void> sent = send(from, Math.min(from + MAX_BATCH, this.size));
                if (!sent.isDone()) {
                    sent.whenComplete((nothing, failure) -> advance());
                    return;
                }
                from = this.next.getAndAdd(MAX_BATCH);
            }
        }

        /** Reads a part of the keys; what is returned tells only when all were read. */
        private CompletableFuture<Void> send(int from, int to) {
            MemlinkTimeoutException refusal = this.refusal;
            if (refusal != null) {
                for (int i = from; i < to; i++) {
                    end(i, null, refusal);
                }
                return CompletableFuture.completedFuture(null);
            }
            Key[] batch = new Key[to - from];
            for (int i = from; i < to; i++) {
                batch[i - from] = key(i);
            }
            if (!this.node.arePlain(batch)) {
                return sendOneByOne(from, to);
            }
            return this.node.sendAnyway(MetaBatch.ofValues(Arrays.asList(batch)))
                .handle((reply, failure) -> end(from, to, reply, failure))
                .thenCompose(Function.identity());
        }

        private Key key(int position) {
            return BatchedGet.this.keys.get(this.indexes[position]);
        }

        private CompletableFuture<Void> sendOneByOne(int from, int to) {
            CompletableFuture<?>[] sent = new CompletableFuture<?>[to - from];
            for (int i = from; i < to; i++) {
                sent[i - from] = sendOne(i);
            }
            return CompletableFuture.allOf(sent);
        }

        private CompletableFuture<?> sendOne(int position) {
            return BatchedGet.this.router.send(MetaGet.value(key(position)))
                .handle((reply, failure) -> end(position, reply, failure));
        }

        private CompletableFuture<Void> end(int from, int to, @Nullable BatchReply reply, @Nullable Throwable failure) {
            CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);
            for (int i = from; i < to; i++) {
                Throwable cause = (reply != null) ? reply.failure(i - from) : failure;
                MetaReply read = (reply != null && cause == null) ? reply.reply(i - from) : null;
                if (read != null && reply != null && reply.isInDoubt(i - from)) {
                    ended = CompletableFuture.allOf(ended, sendOne(i));
                }
                else {
                    end(i, read, cause);
                }
            }
            return ended;
        }

        private int end(int position, @Nullable MetaReply reply, @Nullable Throwable failure) {
            if (failure instanceof MemlinkTimeoutException timeout && this.refusal == null) {
                this.refusal = new MemlinkTimeoutException(Outcome.NOT_SENT,
                        "not sent, since others sent with it before: " + timeout.getMessage());
            }
            BatchedGet.this.results.ended(this.indexes[position], reply, failure);
            return position;
        }

    }

}
