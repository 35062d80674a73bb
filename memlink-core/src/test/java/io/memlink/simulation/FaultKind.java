package io.memlink.simulation;

/** The kinds of faults. */
enum FaultKind {

    /** A process ends, and another one begins later, with nothing. */
    KILL,

    /** A process stands still. */
    PAUSE,

    /** A process takes its time for each request. */
    SLOW,

    /** Nothing passes between a client and a server. */
    PARTITION,

    /** Nothing passes in one direction. */
    ONE_WAY,

    /** Nothing passes between a server and all clients. */
    ISOLATION,

    /** Nothing passes on some connections. */
    STUCK,

    /** Bytes take longer. */
    DELAY,

    /** Connections are lost. */
    RESET,

    /** Items are dropped. */
    EVICTION,

    /** Stores are refused, since there is no memory. */
    NO_MEMORY,

    /** Error lines that prove nothing about what was done. */
    ERROR_LINES,

    /** Replies that are wrong, missing, or too many. */
    WRONG_REPLIES,

    /** A proxy carries out later what it has given up. */
    LATE_PROXY,

    /** A client stands still. */
    CLIENT_PAUSE,

    /** A client is stopped, and started later, with its journals. */
    CLIENT_RESTART,

    /** A client ends for good, and another one takes its place later. */
    CLIENT_REPLACED,

    /** The list of servers changes. */
    MEMBERSHIP,

    /** Somebody takes a server out of use by hand, and back. */
    OPERATOR,

    /** A client has no memory for some of what it reads. */
    CLIENT_NO_MEMORY

}
