package io.memlink.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks a real memcached and the embedded one the same random things and compares every
 * reply.
 */
// The maintainer holds on to items it is about to move, and a held number is not changed
// in place but replaced.
@MemcachedTest(arguments = { "-o", "no_lru_maintainer" })
@EmbeddedMemcachedTest
class DifferentialIntegrationTests {

    private static final int BATCH_SIZE = 100;

    @Test
    void answersRandomCommandsLikeTheRealServer(MemcachedProcess real, EmbeddedMemcached embedded) throws IOException {
        long seed = Long.getLong("memlink.seed", System.nanoTime());
        int number = Integer.getInteger("memlink.test.commands", 100_000);
        System.out.println("Differential test: -Dmemlink.seed=" + seed + ", " + number + " commands");
        RandomCommands random = new RandomCommands(seed);
        try (DifferentialSide expected = new DifferentialSide(real.address());
                DifferentialSide actual = new DifferentialSide(embedded.address())) {
            for (int batch = 0; batch < number / BATCH_SIZE; batch++) {
                List<String> commands = new ArrayList<>();
                for (int i = 0; i < BATCH_SIZE; i++) {
                    commands.add(random.next(i));
                }
                expected.send(commands);
                actual.send(commands);
                compare(commands, expected.receive(), actual.receive(), "seed " + seed + ", batch " + batch);
            }
        }
    }

    // Shows the requests before the first difference, and not thousands of lines.
    private static void compare(List<String> commands, List<String> expected, List<String> actual, String where) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!actual.get(i).equals(expected.get(i))) {
                int position = i;
                String request = commands.stream()
                    .map((command) -> command.substring(0, Math.min(command.length(), 100)))
                    .filter((command) -> command.matches(".* " + opaque(expected.get(position)) + "\\b(?s:.*)"))
                    .findAny()
                    .orElse("a request without opaque");
                assertThat(actual.get(i))
                    .as("%s, after %s, reply to %s", where, expected.subList(Math.max(i - 3, 0), i), request)
                    .isEqualTo(expected.get(i));
            }
        }
        assertThat(actual).as(where).hasSameSizeAs(expected);
    }

    private static String opaque(String reply) {
        for (String word : reply.split("\\s")) {
            if (word.startsWith("O")) {
                return word;
            }
        }
        return "none";
    }

}
