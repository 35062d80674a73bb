package io.memlink.spring.boot.autoconfigure.testcontainers;

import io.memlink.test.MemcachedProcess;
import org.testcontainers.containers.GenericContainer;

/**
 * What looks like a container and is a process, for machines that have no Docker. Owns
 * the process.
 */
final class ProcessContainer extends GenericContainer<ProcessContainer> {

    private final String[] arguments;

    private MemcachedProcess process;

    ProcessContainer(String image, String... arguments) {
        super(image);
        this.arguments = arguments;
    }

    @Override
    public void start() {
        if (this.process == null) {
            this.process = MemcachedProcess.start(this.arguments);
        }
    }

    @Override
    public void stop() {
        if (this.process != null) {
            this.process.close();
            this.process = null;
        }
    }

    @Override
    public boolean isRunning() {
        return this.process != null;
    }

    @Override
    public String getHost() {
        return "127.0.0.1";
    }

    @Override
    public Integer getMappedPort(int port) {
        if (port != 11211) {
            throw new IllegalArgumentException("port: " + port + " (expected: 11211)");
        }
        return this.process.port();
    }

}
