package io.memlink.embedded.admin;

import java.util.List;

/**
 * The facts that commands tell about the server they run in. The answers are for the
 * moment, and are asked for on the thread of the server.
 *
 * @since 0.1.0
 */
public interface ServerFacts {

    /**
     * Returns what {@code version} answers.
     * @return the version
     */
    String version();

    /**
     * Returns the settings of the server that {@code stats settings} shows as texts.
     * @param name the name there
     * @return the value
     */
    String setting(String name);

    /**
     * Returns a number that {@code stats} shows.
     * @param name the name there
     * @return the number
     */
    long number(String name);

    /**
     * Returns the open connections.
     * @return the connections
     */
    List<OpenConnection> connections();

    /**
     * Ends the server, if clients may do that.
     * @return whether they may
     */
    boolean shutDown();

    /**
     * A connection as {@code stats conns} shows it.
     *
     * @param id its number
     * @param address where the client is
     * @param listener where the server listens
     * @param idleSeconds how long ago the last command came
     * @since 0.1.0
     */
    record OpenConnection(long id, String address, String listener, long idleSeconds) {
    }

}
