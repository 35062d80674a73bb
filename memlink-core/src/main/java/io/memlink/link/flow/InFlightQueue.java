package io.memlink.link.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * The requests that were written and have not been answered, oldest first: the server
 * answers in this order. Confined to the event loop of its connection, but for the
 * {@link #size}, which any thread may ask.
 * <p>
 * A ring rather than a deque of the library, because deadlines are looked for in the
 * middle.
 *
 * @param <E> the type of the requests
 */
public final class InFlightQueue<E> {

    private static final int INITIAL_CAPACITY = 16;

    private static final VarHandle SIZE = sizeHandle();

    private @Nullable Object[] ring = new @Nullable Object[INITIAL_CAPACITY];

    private int head;

    /** Written by the loop alone, without a fence: others may see it a moment late. */
    @SuppressWarnings("unused") // by its handle
    private int size;

    private static VarHandle sizeHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(InFlightQueue.class, "size", int.class);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** Appends a request; where that fails, nothing has changed. */
    public void add(E request) {
        int size = this.size;
        if (size == this.ring.length) {
            grow();
        }
        this.ring[index(size)] = request;
        SIZE.setOpaque(this, size + 1);
    }

    /** Returns the request that the next reply belongs to. */
    public @Nullable E peek() {
        return element(this.head);
    }

    /** Removes the oldest request, whose reply has been read. */
    public @Nullable E poll() {
        E oldest = element(this.head);
        if (oldest != null) {
            this.ring[this.head] = null;
            this.head = index(1);
            SIZE.setOpaque(this, this.size - 1);
        }
        return oldest;
    }

    /** Returns a request by its distance from the oldest. */
    public @Nullable E get(int distance) {
        return (distance < this.size) ? element(index(distance)) : null;
    }

    /** Returns how many requests there are. Any thread may ask. */
    public int size() {
        return (int) SIZE.getOpaque(this);
    }

    @SuppressWarnings("unchecked") // nothing else is added
    private @Nullable E element(int index) {
        return (E) this.ring[index];
    }

    private int index(int distance) {
        return (this.head + distance) & (this.ring.length - 1);
    }

    private void grow() {
        @Nullable Object[] larger = new @Nullable Object[this.ring.length * 2];
        for (int i = 0; i < this.size; i++) {
            larger[i] = this.ring[index(i)];
        }
        this.ring = larger;
        this.head = 0;
    }

}
