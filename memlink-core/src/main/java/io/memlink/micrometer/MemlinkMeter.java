package io.memlink.micrometer;

import java.util.List;

import io.micrometer.core.instrument.Meter;

/**
 * Every meter of a client: its name, kind, unit and tags. No tag ever holds a key.
 * Immutable.
 *
 * @since 0.1.0
 */
public enum MemlinkMeter {

    /** How long requests take, from the call to the completion of the future. */
    REQUESTS("memlink.requests", Meter.Type.TIMER, "seconds", "Requests, from the call to their end",
            List.of("operation", "backend", "outcome")),

    /** How much of that time requests wait before they are written. */
    REQUESTS_QUEUED("memlink.requests.queued", Meter.Type.TIMER, "seconds",
            "The part of the time of requests before they were written", List.of("backend")),

    /**
     * Items won, and items that another client had won, by requests that ask for leases.
     */
    LEASES("memlink.leases", Meter.Type.COUNTER, "leases", "Leases that reads were given, or found given to others",
            List.of("backend", "result")),

    /** Requests that were written and whose reply is due. */
    IN_FLIGHT("memlink.in.flight", Meter.Type.GAUGE, "requests", "Requests that were written and not answered yet",
            List.of("backend")),

    /** Bytes of requests that were accepted and have not ended, in flight or not. */
    PENDING_BYTES("memlink.pending.bytes", Meter.Type.GAUGE, "bytes", "Bytes of the requests that are pending",
            List.of("backend")),

    /** Connections that can be used, and those that are missing. */
    CONNECTIONS("memlink.connections", Meter.Type.GAUGE, "connections", "Connections, usable or missing",
            List.of("backend", "state")),

    /** Whether a backend is used. */
    BACKEND_UP("memlink.backend.up", Meter.Type.GAUGE, "", "1 where the backend is used, 0 where its requests fail",
            List.of("backend")),

    /** Number of times a backend entered a state. */
    BACKEND_TRANSITIONS("memlink.backend.transitions", Meter.Type.COUNTER, "transitions",
            "Number of times the backend entered the state", List.of("backend", "state")),

    /** Connections that became usable. */
    CONNECTS("memlink.connects", Meter.Type.COUNTER, "connects", "Connections that were made", List.of("backend")),

    /** Usable connections that were lost. */
    DISCONNECTS("memlink.disconnects", Meter.Type.COUNTER, "disconnects", "Usable connections that were lost",
            List.of("backend")),

    /** Replies to requests that had timed out or were cancelled. */
    LATE_REPLIES("memlink.late.replies", Meter.Type.COUNTER, "replies",
            "Replies that came after their request had ended", List.of("backend")),

    /** Keys of deletes that a backend has to be told of. */
    JOURNAL_DEPTH("memlink.journal.depth", Meter.Type.GAUGE, "keys", "Keys whose delete is still to be delivered",
            List.of("backend")),

    /** Deletes that were lost because a journal was full. */
    JOURNAL_LOST("memlink.journal.lost", Meter.Type.COUNTER, "keys", "Deletes that the journal had no room for",
            List.of("backend")),

    /**
     * Values that no transcoder of the client could read, which were taken for misses.
     */
    UNDECODABLE_VALUES("memlink.undecodable.values", Meter.Type.COUNTER, "values", "Values that could not be decoded",
            List.of()),

    /** Loads of values that are out of date, for which nobody waits. */
    BACKGROUND_LOADS("memlink.background.loads", Meter.Type.GAUGE, "loads",
            "Loads of old values in the background, running or queued", List.of("state")),

    /** Such loads that were not begun. */
    BACKGROUND_LOADS_REFUSED("memlink.background.loads.refused", Meter.Type.COUNTER, "loads",
            "Loads in the background that were not begun because too many were queued", List.of()),

    /** How often so many backends looked unhealthy that ejecting was suspended. */
    PANICS("memlink.panics", Meter.Type.COUNTER, "panics",
            "How often ejections were suspended because too many backends looked unhealthy", List.of()),

    /** The number of the list of backends in use. */
    MEMBERSHIP_GENERATION("memlink.membership.generation", Meter.Type.GAUGE, "",
            "Number of the list of backends in use", List.of()),

    /** Items that a server holds. */
    SERVER_ITEMS("memlink.server.items", Meter.Type.GAUGE, "items", "Items the server holds", List.of("backend")),

    /** Memory that the items of a server take. */
    SERVER_BYTES("memlink.server.bytes", Meter.Type.GAUGE, "bytes", "Memory the items of the server take",
            List.of("backend")),

    /** Memory that a server may give to items. */
    SERVER_LIMIT("memlink.server.limit", Meter.Type.GAUGE, "bytes", "Memory the server may give to items",
            List.of("backend")),

    /** Connections of all clients to a server. */
    SERVER_CONNECTIONS("memlink.server.connections", Meter.Type.GAUGE, "connections",
            "Connections of all clients to the server", List.of("backend")),

    /** How long a server has been running. */
    SERVER_UPTIME("memlink.server.uptime", Meter.Type.GAUGE, "seconds", "Time since the server was started",
            List.of("backend")),

    /** Reads of all clients that found an item. */
    SERVER_HITS("memlink.server.hits", Meter.Type.COUNTER, "reads", "Reads of all clients that found an item",
            List.of("backend")),

    /** Reads of all clients that found none. */
    SERVER_MISSES("memlink.server.misses", Meter.Type.COUNTER, "reads", "Reads of all clients that found none",
            List.of("backend")),

    /** Items that made room for others before they expired. */
    SERVER_EVICTIONS("memlink.server.evictions", Meter.Type.COUNTER, "items",
            "Items that made room for others before they expired", List.of("backend"));

    private final String meterName;

    private final Meter.Type type;

    private final String unit;

    private final String description;

    private final List<String> tags;

    MemlinkMeter(String meterName, Meter.Type type, String unit, String description, List<String> tags) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.tags = tags;
    }

    /**
     * Returns the name the meter is registered by.
     * @return words with dots between
     */
    public String meterName() {
        return this.meterName;
    }

    /**
     * Returns what kind of meter it is.
     * @return the kind
     */
    public Meter.Type type() {
        return this.type;
    }

    /**
     * Returns what is counted or measured.
     * @return the unit; empty where there is none
     */
    public String unit() {
        return this.unit;
    }

    /**
     * Returns what the meter tells.
     * @return a phrase
     */
    public String description() {
        return this.description;
    }

    /**
     * Returns which tags the meter has, beside those common to all meters of a client.
     * @return their keys
     */
    public List<String> tags() {
        return this.tags;
    }

}
