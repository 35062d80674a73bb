package io.memlink.placement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every locator promises, whatever its algorithm. */
class NodeLocatorContractTests {

    private static final int KEYS = 2000;

    private static final List<Backend> BACKENDS = IntStream.range(0, 12)
        .mapToObj((i) -> Backend.parse("10.0.0." + i + ":11211*" + (1 + i % 3)))
        .toList();

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached", "modulo", "jump" })
    void answersArePositionsAndAllBackendsAreUsed(String name) {
        NodeLocator locator = NodeLocator.named(name).create(BACKENDS);

        assertThat(IntStream.range(0, KEYS).map((i) -> locator.locate(key(i))).distinct().boxed())
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, BACKENDS.size()).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached", "modulo", "jump" })
    void onlyBackendGetsAllKeys(String name) {
        NodeLocator locator = NodeLocator.named(name).create(BACKENDS.subList(3, 4));

        assertThat(IntStream.range(0, KEYS).map((i) -> locator.locate(key(i)))).containsOnly(0);
        assertThat(locator.candidates(key(1))).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached", "modulo", "jump" })
    void listOfBackendsMayChangeAfterwards(String name) {
        List<Backend> backends = new ArrayList<>(BACKENDS);
        NodeLocator locator = NodeLocator.named(name).create(backends);
        List<Backend> before = placement(locator, BACKENDS);
        backends.clear();

        assertThat(placement(locator, BACKENDS)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached", "jump" })
    void orderOfTheListDoesNotMatter(String name) {
        List<Backend> shuffled = new ArrayList<>(BACKENDS);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(placement(NodeLocator.named(name).create(shuffled), shuffled))
            .isEqualTo(placement(NodeLocator.named(name).create(BACKENDS), BACKENDS));
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached", "modulo", "jump" })
    void candidatesBeginWithTheAnswerAndHaveNoneTwice(String name) {
        NodeLocator locator = NodeLocator.named(name).create(BACKENDS);
        for (int i = 0; i < 100; i++) {
            assertThat(locator.candidates(key(i))).doesNotHaveDuplicates().startsWith(locator.locate(key(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama-xmemcached" })
    void secondCandidateGetsTheKeyWithoutTheFirst(String name) {
        NodeLocator locator = NodeLocator.named(name).create(BACKENDS);
        for (int i = 0; i < 100; i++) {
            List<Integer> candidates = locator.candidates(key(i));
            List<Backend> others = new ArrayList<>(BACKENDS);
            others.remove((int) candidates.get(0));

            int located = NodeLocator.named(name).create(others).locate(key(i));
            assertThat(candidates).hasSize(BACKENDS.size());
            assertThat(others.get(located)).isEqualTo(BACKENDS.get(candidates.get(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached", "modulo", "jump" })
    void hashIsToldAndTheKeyIsLeftAsItIs(String name) {
        NodeLocator locator = NodeLocator.named(name).create(BACKENDS);
        byte[] key = key(1);
        locator.locate(key);
        locator.candidates(key);

        assertThat(locator.hash(key)).isPresent();
        assertThat(key).isEqualTo(key(1));
    }

    @Test
    void locatorOfTheUserNeedsOneMethod() {
        NodeLocator locator = (key) -> 2;

        assertThat(locator.candidates(key(1))).containsExactly(2);
        assertThat(locator.hash(key(1))).isEmpty();
    }

    @Test
    void unknownNameIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> NodeLocator.named("random"))
            .withMessage("locator: random (expected: rendezvous, ketama, ketama-spymemcached, ketama-xmemcached,"
                    + " modulo or jump)");
    }

    private static List<Backend> placement(NodeLocator locator, List<Backend> backends) {
        return IntStream.range(0, KEYS).mapToObj((i) -> backends.get(locator.locate(key(i)))).toList();
    }

    private static byte[] key(int number) {
        return ("product:" + number).getBytes(StandardCharsets.UTF_8);
    }

}
