package io.memlink.placement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How many keys move, and how evenly they lie. */
class LocatorBalanceTests {

    private static final int KEYS = 100_000;

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached" })
    void addingOneOfTenMovesItsShareOnlyToItself(String name) {
        List<Backend> ten = backends(10);
        List<Backend> eleven = new ArrayList<>(ten);
        eleven.add(0, Backend.parse("10.9.9.9:11211"));
        int[] before = placement(name, ten);
        int[] after = placement(name, eleven);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            if (eleven.get(after[i]) != ten.get(before[i])) {
                moved++;
                assertThat(after[i]).isZero();
            }
        }

        assertThat((double) moved / KEYS).isEqualTo(1.0 / 11, Offset.offset(0.01));
    }

    @Test
    void jumpMovesTheShareOfTheLast() {
        int[] before = placement("jump", backends(10));
        int[] after = placement("jump", backends(11));
        long moved = IntStream.range(0, KEYS).filter((i) -> before[i] != after[i]).count();

        assertThat((double) moved / KEYS).isEqualTo(1.0 / 11, Offset.offset(0.01));
        assertThat(IntStream.range(0, KEYS).filter((i) -> before[i] != after[i]).map((i) -> after[i])).containsOnly(10);
    }

    @Test
    void rendezvousLoadsEachBackendByItsWeight() {
        List<Backend> backends = Stream.of("a*1", "b*2", "c*3", "d*10", "e*1", "f*7").map(Backend::parse).toList();
        int total = backends.stream().mapToInt(Backend::weight).sum();
        int[] placement = placement("rendezvous", backends);
        for (int i = 0; i < backends.size(); i++) {
            int backend = i;
            double load = IntStream.of(placement).filter((located) -> located == backend).count();
            assertThat(load).isCloseTo((double) KEYS * backends.get(i).weight() / total, Percentage.withPercentage(10));
        }
    }

    @Test
    void rendezvousPlacesEqualWeightsAsIfThereWereNone() {
        int[] none = placement("rendezvous", backends(10));
        List<Backend> doubled = new ArrayList<>();
        backends(10).forEach((backend) -> doubled.add(Backend.parse(backend + "*2")));
        assertThat(placement("rendezvous", doubled)).isEqualTo(none);

        doubled.add(Backend.parse("10.9.9.9:11211*1"));
        int[] beside = placement("rendezvous", doubled);
        assertThat(IntStream.range(0, KEYS).filter((i) -> beside[i] != 10 && beside[i] != none[i])).isEmpty();
    }

    @Test
    void rendezvousMovesKeysOnlyToTheBackendWhoseWeightGrows() {
        List<Backend> backends = Stream.of("a*3", "b*2", "c*1").map(Backend::parse).toList();
        List<Backend> grown = Stream.of("a*3", "b*4", "c*1").map(Backend::parse).toList();
        int[] before = placement("rendezvous", backends);
        int[] after = placement("rendezvous", grown);

        assertThat(IntStream.range(0, KEYS).filter((i) -> before[i] != after[i]).map((i) -> after[i])).containsOnly(1);
    }

    private static List<Backend> backends(int count) {
        return IntStream.range(0, count).mapToObj((i) -> Backend.parse("10.0.0." + (10 + i))).toList();
    }

    private static int[] placement(String name, List<Backend> backends) {
        NodeLocator locator = NodeLocator.named(name).create(backends);
        return IntStream.range(0, KEYS)
            .map((i) -> locator.locate(("product:" + i).getBytes(StandardCharsets.UTF_8)))
            .toArray();
    }

}
