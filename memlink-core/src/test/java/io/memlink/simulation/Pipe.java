package io.memlink.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * One direction of a connection: bytes arrive in order, in pieces, after a while, and not
 * while the way is cut.
 */
final class Pipe {

    /** What a kernel holds before it takes no more. */
    private static final int ROOM = 64 * 1024;

    private final Network network;

    private final Link link;

    private final boolean there;

    private final End end;

    private final Deque<Piece> pieces = new ArrayDeque<>();

    private long lastArrivalNanos;

    private int bytes;

    /** Faults that stop this one alone. */
    private int stuck;

    private boolean held;

    private long heldSinceNanos;

    private boolean closed;

    /** Those that the bytes are for. */
    interface End {

        void received(byte[] bytes);

        /** There will be no more. */
        void ended();

        /** There is room again. */
        default void drained() {
        }

    }

    /** A part of what was sent; no bytes are the end. */
    private record Piece(byte[] bytes, long arrivalNanos) {
    }

    Pipe(Network network, Link link, boolean there, End end) {
        this.network = network;
        this.link = link;
        this.there = there;
        this.end = end;
    }

    int room() {
        return ROOM - this.bytes;
    }

    void send(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            int to = this.network.chance().hits(0.7) ? bytes.length
                    : from + 1 + this.network.chance().from(0, bytes.length - from - 1);
            add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
    }

    void sendEnd() {
        add(new byte[0]);
    }

    private void add(byte[] bytes) {
        if (this.closed) {
            return;
        }
        long now = this.network.time().nanoTime();
        this.lastArrivalNanos = Math.max(this.lastArrivalNanos, now + this.link.latencyNanos(this.network.chance()));
        this.pieces.add(new Piece(bytes, this.lastArrivalNanos));
        this.bytes += bytes.length;
        if (this.pieces.size() == 1 && !this.held) {
            this.network.time().at(this.lastArrivalNanos, this::pump);
        }
    }

    private void pump() {
        while (!this.closed && !this.held) {
            Piece next = this.pieces.peek();
            if (next == null) {
                return;
            }
            if (next.arrivalNanos > this.network.time().nanoTime()) {
                this.network.time().at(next.arrivalNanos, this::pump);
                return;
            }
            if (this.stuck > 0 || this.link.isCut(this.there)) {
                this.held = true;
                this.heldSinceNanos = this.network.time().nanoTime();
                if (this.stuck == 0) {
                    this.link.whenMended(this::retransmitLater);
                }
                return;
            }
            this.pieces.remove();
            this.bytes -= next.bytes.length;
            deliver(next);
        }
    }

    private void deliver(Piece piece) {
        if (piece.bytes.length == 0) {
            this.closed = true;
            this.end.ended();
            return;
        }
        boolean wasFull = room() - piece.bytes.length <= 0;
        this.end.received(piece.bytes);
        if (wasFull && !this.closed) {
            this.end.drained();
        }
    }

    private void retransmitLater() {
        this.network.time().after(this.network.chance().seldomMany(1, 400), () -> {
            this.held = false;
            pump();
        });
    }

    /** Lets nothing pass, whatever else does. */
    void stick() {
        this.stuck++;
    }

    void stickNoMore() {
        this.stuck--;
        if (this.stuck == 0 && this.held) {
            retransmitLater();
        }
    }

    /** Returns whether something has not arrived because the way is cut. */
    boolean isHeld() {
        return this.held;
    }

    /** Returns since when. */
    long heldSinceNanos() {
        return this.heldSinceNanos;
    }

    /** Delivers nothing more; returns what was under way. */
    byte[] close() {
        this.closed = true;
        byte[] rest = new byte[this.bytes];
        int position = 0;
        for (Piece piece : this.pieces) {
            System.arraycopy(piece.bytes, 0, rest, position, piece.bytes.length);
            position += piece.bytes.length;
        }
        this.pieces.clear();
        this.bytes = 0;
        return rest;
    }

}
