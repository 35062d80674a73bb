package io.memlink.cluster;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.BatchReply;
import io.memlink.meta.MetaBatch;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaRequest;
import org.jspecify.annotations.Nullable;

/**
 * Many requests, those of one connection in a few batches. What needs more than being
 * sent, because its backend is ill or owes it a delete, is sent by itself. A connection
 * that lets a request time out is asked for no more. Safe for use by many threads.
 */
final class BatchedSend {

    /** A batch has one deadline, so it should not take much longer than one request. */
    private static final int MAX_BATCH = 50;

    /** How many batches are under way on one connection. */
    private static final int WINDOW = 10;

    private final Router router;

    private final List<? extends MetaRequest<MetaReply>> requests;

    private final Router.Results results;

    BatchedSend(Router router, List<? extends MetaRequest<MetaReply>> requests, Router.Results results) {
        this.router = router;
        this.requests = requests;
        this.results = results;
    }

    void begin(Topology topology) {
        Map<LaneKey, Lane> lanes = new LinkedHashMap<>();
        for (int i = 0; i < this.requests.size(); i++) {
            MetaRequest<MetaReply> request = this.requests.get(i);
            Node node = topology.owner(request.key());
            lanes.computeIfAbsent(new LaneKey(node, node.lane(request)), (key) -> new Lane(node)).add(i);
        }
        lanes.values().forEach(Lane::begin);
    }

    /**
     * A connection.
     *
     * @param node its backend
     * @param lane which one
     */
    private record LaneKey(Node node, int lane) {
    }

    /** What goes down one connection. */
    private final class Lane {

        private final Node node;

        private int[] indexes = new int[16];

        private int size;

        private final AtomicInteger next = new AtomicInteger();

        /** Why the connection is asked for no more. */
        private volatile @Nullable MemlinkTimeoutException refusal;

        Lane(Node node) {
            this.node = node;
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
                CompletableFuture<?> sent = send(
                        Arrays.copyOfRange(this.indexes, from, Math.min(from + MAX_BATCH, this.size)));
                if (!sent.isDone()) {
                    sent.whenComplete((nothing, failure) -> advance());
                    return;
                }
                from = this.next.getAndAdd(MAX_BATCH);
            }
        }

        /** Sends a part of the requests; what is returned tells only when they ended. */
        private CompletableFuture<?> send(int[] part) {
            MemlinkTimeoutException refusal = this.refusal;
            if (refusal != null) {
                Arrays.stream(part).forEach((index) -> BatchedSend.this.results.ended(index, null, refusal));
                return CompletableFuture.completedFuture(null);
            }
            List<MetaRequest<MetaReply>> batch = Arrays.stream(part)
                .<MetaRequest<MetaReply>>mapToObj(this::request)
                .toList();
            for (MetaRequest<MetaReply> request : batch) {
                if (!this.node.isPlain(request.key())) {
                    return sendOneByOne(part);
                }
            }
            return this.node.sendAnyway(MetaBatch.of(batch)).handle((reply, failure) -> end(part, reply, failure));
        }

        private MetaRequest<MetaReply> request(int index) {
            return BatchedSend.this.requests.get(index);
        }

        private CompletableFuture<?> sendOneByOne(int[] part) {
            CompletableFuture<?>[] sent = new CompletableFuture<?>[part.length];
            for (int i = 0; i < part.length; i++) {
                int index = part[i];
                sent[i] = BatchedSend.this.router.send(request(index)).handle((reply, failure) -> {
                    refuseAfter(failure);
                    BatchedSend.this.results.ended(index, reply, failure);
                    return index;
                });
            }
            return CompletableFuture.allOf(sent);
        }

        private int end(int[] part, @Nullable BatchReply reply, @Nullable Throwable failure) {
            refuseAfter(failure);
            for (int i = 0; i < part.length; i++) {
                Throwable cause = (reply != null) ? reply.failure(i) : failure;
                BatchedSend.this.results.ended(part[i], (reply != null && cause == null) ? reply.reply(i) : null,
                        cause);
            }
            return part.length;
        }

        private void refuseAfter(@Nullable Throwable failure) {
            if (failure instanceof MemlinkTimeoutException timeout && this.refusal == null) {
                this.refusal = new MemlinkTimeoutException(Outcome.NOT_SENT,
                        "not sent, since others sent with it before: " + timeout.getMessage());
            }
        }

    }

}
