package io.memlink.test;

import java.net.InetSocketAddress;

/**
 * The environment that a {@link MemcachedProcess} runs in: a local process or a
 * container. Safe for use by many threads.
 */
interface RunningServer {

    InetSocketAddress address();

    boolean isAlive();

    void restart();

    void kill();

    void pause();

    void resume();

    void close();

}
