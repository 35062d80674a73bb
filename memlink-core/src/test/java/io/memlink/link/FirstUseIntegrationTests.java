package io.memlink.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the first connection of a JVM needs is loaded by the thread that builds the
 * client, before anybody waits for that connection.
 */
class FirstUseIntegrationTests {

    private static final String BUILT = "resources are built";

    @Test
    void theClassesOfAConnectionAreLoadedBeforeItIsMade() throws Exception {
        String loaded = loadedBy(Build.class);
        assertThat(loaded).contains(BUILT);
        String before = loaded.substring(0, loaded.indexOf(BUILT));
        assertThat(before).contains("io.netty.channel.DefaultChannelPipeline ")
            .contains("io.netty.buffer.AllocateBufferEvent ");
    }

    private static String loadedBy(Class<?> main) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout", "-cp", System.getProperty("java.class.path"), main.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /** Builds what a client has before it connects, in a JVM that did nothing else. */
    static final class Build {

        private Build() {
        }

        public static void main(String[] arguments) {
            LinkResources resources = new LinkResources(1, 1024 * 1024);
            System.out.println(BUILT);
            resources.close();
        }

    }

}
