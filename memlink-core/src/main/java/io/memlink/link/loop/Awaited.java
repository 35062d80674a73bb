package io.memlink.link.loop;

/**
 * An object that a synchronous caller waits for: a request that was accepted, and that
 * the caller sees to.
 */
public interface Awaited {

    /** Returns the event loop that the request goes through. */
    DrivenLoop loop();

    /** Writes what has been accepted so far; called with the turn of the loop. */
    void write();

    /** Has the loop do so, in its own time. Any thread may call. */
    void writeLater();

    /** Has the loop do so, unless another one is written to the same connection. */
    void writeUnlessWith(Awaited other);

    /** Returns whether there is an outcome, or nobody to tell it to. Any thread asks. */
    boolean isAnswered();

    /** Tells the outcome; called once it is answered, by the caller. */
    void finish();

    /**
     * Has the loop tell the outcome after a while, unless the caller has by then: it is
     * going to do something else before. Any thread may call.
     */
    void keep();

    /**
     * Tells the outcome as that of any other request, unless the caller has told it; in a
     * thread that may be blocked by what runs then.
     */
    void tell();

    /** The caller waits no more: whoever has the outcome tells it. */
    void abandon();

}
