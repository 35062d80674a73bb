package io.memlink.link;

import io.netty.channel.EventLoop;

/** What a connection needs to know of the place it belongs to. */
interface ConnectionOwner {

    /** Returns the server, for messages. */
    String server();

    Protocol protocol();

    /** Returns what requests end with. */
    Ending ending();

    /** Returns the permits that those of the connection are taken from. */
    Budget budget();

    /** Returns the event loop that the connection is confined to. */
    EventLoop loop();

    /** The connection has ended, or never came about; called once, on the event loop. */
    void closed(Connection connection, CloseCause cause);

}
