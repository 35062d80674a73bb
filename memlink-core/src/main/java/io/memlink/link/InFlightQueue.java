package io.memlink.link;

import org.jspecify.annotations.Nullable;

/**
 * The requests that were written and have not been answered, oldest first: the server
 * answers in this order. Confined to the event loop of its connection.
 * <p>
 * A ring rather than a deque of the library, because deadlines are looked for in the
 * middle.
 */
final class InFlightQueue {

    private static final int INITIAL_CAPACITY = 16;

    private @Nullable Exchange<?, ?>[] ring = new Exchange<?, ?>[INITIAL_CAPACITY];

    private int head;

    private int size;

    void add(Exchange<?, ?> exchange) {
        if (this.size == this.ring.length) {
            grow();
        }
        this.ring[index(this.size)] = exchange;
        this.size++;
    }

    /** Returns the exchange that the next reply belongs to. */
    @Nullable Exchange<?, ?> peek() {
        return this.ring[this.head];
    }

    /** Removes the oldest exchange, whose reply has been read. */
    @Nullable Exchange<?, ?> poll() {
        Exchange<?, ?> oldest = this.ring[this.head];
        if (oldest != null) {
            this.ring[this.head] = null;
            this.head = index(1);
            this.size--;
        }
        return oldest;
    }

    /** Returns an exchange by its distance from the oldest. */
    @Nullable Exchange<?, ?> get(int distance) {
        return (distance < this.size) ? this.ring[index(distance)] : null;
    }

    int size() {
        return this.size;
    }

    private int index(int distance) {
        return (this.head + distance) & (this.ring.length - 1);
    }

    private void grow() {
        @Nullable Exchange<?, ?>[] larger = new Exchange<?, ?>[this.ring.length * 2];
        for (int i = 0; i < this.size; i++) {
            larger[i] = this.ring[index(i)];
        }
        this.ring = larger;
        this.head = 0;
    }

}
