package io.memlink.test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A memcached in a container. Safe for use by many threads. The only class that needs
 * Testcontainers, so that the others load without it.
 */
final class ContainerServer implements RunningServer {

    static final DockerImageName IMAGE = DockerImageName.parse("memcached:1.6-alpine");

    private static final int PORT = 11211;

    private final GenericContainer<?> container;

    ContainerServer(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("memcached", "-U", "0", "-t", "1"));
        command.addAll(arguments);
        this.container = new GenericContainer<>(IMAGE).withExposedPorts(PORT)
            .withCommand(command.toArray(String[]::new));
        this.container.start();
    }

    static boolean isDockerAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(this.container.getHost(), this.container.getMappedPort(PORT));
    }

    @Override
    public boolean isAlive() {
        return this.container.isRunning();
    }

    @Override
    public void restart() {
        throw localOnly("restart");
    }

    @Override
    public void kill() {
        throw localOnly("kill");
    }

    @Override
    public void pause() {
        throw localOnly("pause");
    }

    @Override
    public void resume() {
        throw localOnly("resume");
    }

    @Override
    public void close() {
        this.container.stop();
    }

    private static IllegalStateException localOnly(String operation) {
        return new IllegalStateException(operation + ": a container (expected: a local process; install "
                + "memcached on this machine, for example with: apt-get install memcached)");
    }

}
