package io.memlink.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.memlink.value.Samples.Box;
import io.memlink.value.Samples.Line;
import io.memlink.value.Samples.Node;
import io.memlink.value.Samples.Order;
import io.memlink.value.Samples.Pair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ValueFormatGraphTests {

    private final ValueFormat format = Samples.format();

    @SuppressWarnings("unchecked")
    private <T> T back(T value) {
        return (T) this.format.decode(this.format.encode(value));
    }

    private void assertRefused(Object value, String problem) {
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
            .withMessageContaining(problem);
    }

    @Test
    void cyclesOfObjectsComeBack() {
        Node first = new Node("a");
        first.next = new Node("b");
        first.next.next = first;
        Node back = back(first);
        assertThat(back.next.name).isEqualTo("b");
        assertThat(back.next.next).isSameAs(back);
    }

    @Test
    void collectionsInThemselvesComeBack() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThat(back(list).get(0)).isInstanceOf(ArrayList.class);
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        Map<String, Object> backMap = back(map);
        assertThat(backMap.get("self")).isSameAs(backMap);
        Object[] array = new Object[1];
        array[0] = array;
        Object[] backArray = back(array);
        assertThat(backArray[0]).isSameAs(backArray);
        AtomicReference<Object> reference = new AtomicReference<>();
        reference.set(List.of(reference));
        AtomicReference<Object> backReference = back(reference);
        assertThat(((List<?>) backReference.get()).get(0)).isSameAs(backReference);
    }

    @Test
    void sharedObjectsStayShared() {
        for (Object shared : List.of(new Node("a"), new Box("b"), List.of(1), Map.of(1, 2), new Date(), new int[1],
                new StringBuilder("c"), new Object[1], new ArrayList<>(), Map.entry(1, 2))) {
            List<Object> back = back(new ArrayList<>(Arrays.asList(shared, shared, new Box(shared))));
            assertThat(back.get(1)).isSameAs(back.get(0));
            assertThat(((Box) back.get(2)).content()).isSameAs(back.get(0));
        }
    }

    @Test
    void whatIsEqualStaysApart() {
        List<Object> back = back(new ArrayList<>(Arrays.asList(new Node("a"), new Node("a"))));
        assertThat(back.get(0)).isNotSameAs(back.get(1));
    }

    @Test
    void manySharedObjectsStayShared() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            nodes.add(new Node("n" + i));
        }
        List<Node> all = new ArrayList<>(nodes);
        all.addAll(nodes);
        List<Node> back = back(all);
        for (int i = 0; i < 1000; i++) {
            assertThat(back.get(i)).isSameAs(back.get(1000 + i));
            assertThat(back.get(i).name).isEqualTo("n" + i);
        }
    }

    @Test
    void cyclesThroughRecordsAreRefused() {
        List<Object> list = new ArrayList<>();
        list.add(new Box(list));
        assertRefused(list, "java.util.ArrayList at [0].content, which is in itself by way of a record");
        Object[] array = new Object[1];
        Box box = new Box(array);
        array[0] = box;
        assertRefused(box, "Samples$Box");
    }

    @Test
    void cyclesThroughElementsOfSetsAreRefused() {
        Samples.Entry entry = new Samples.Entry("a");
        entry.all.add(entry);
        assertRefused(entry, "Samples$Entry at .all[key], which is in itself");
    }

    @Test
    void immutableListsInThemselvesAreRefusedAndDoNotExplode() {
        List<Object> inner = new ArrayList<>();
        List<Object> outer = List.of(inner);
        for (int i = 0; i < 10; i++) {
            inner.add(outer);
        }
        assertRefused(outer, "which is in itself");
    }

    @Test
    void objectsMayBeBothInAListAndInASet() {
        Node node = new Node("a");
        Pair back = back(new Pair(new ArrayList<>(List.of(node)), new HashSet<>(Set.of(node))));
        assertThat(((Set<?>) back.other()).iterator().next()).isSameAs(((List<?>) back.one()).get(0));
    }

    @Test
    void sharingDoesNotMakeTheBytesExplode() {
        Object record = new Box("x");
        Object list = List.of("x");
        for (int i = 0; i < 100; i++) {
            record = new Pair(record, record);
            list = List.of(list, list);
        }
        assertThat(this.format.encode(record)).hasSizeLessThan(1000);
        assertThat(back(List.of(list))).hasSize(1);
    }

    @Test
    void depthIsBoundedAndTheSameBothWays() {
        assertThat(this.format.encode(chain(499))).isNotEmpty();
        Node back = back(chain(499));
        int length = 0;
        for (Node node = back; node != null; node = node.next) {
            length++;
        }
        assertThat(length).isEqualTo(499);
        assertRefused(chain(501), "nested deeper than 500");
        assertRefused(chain(100_000), "nested deeper than 500");
    }

    @Test
    void theGreatestDepthFitsIntoASmallStack() throws InterruptedException {
        List<Object> results = new ArrayList<>();
        Thread thread = new Thread(null, () -> {
            Object value = new Box(null);
            for (int i = 0; i < 160; i++) {
                value = new Box(new ArrayList<>(List.of(Arrays.asList(value, 1))));
            }
            results.add(back(value));
            results.add(back(chain(499)));
        }, "small", 768 << 10);
        thread.start();
        thread.join();
        assertThat(results).hasSize(2);
    }

    @Test
    void noKeyLeadsBackToWhatItIsIn() {
        for (Function<Line, Object> lines : List.<Function<Line, Object>>of((line) -> new HashSet<>(Set.of(line)),
                Set::of, (line) -> new TreeSet<>(Set.of(line)), (line) -> new HashMap<>(Map.of(line, 1)),
                (line) -> new HashSet<>(Set.of(new Box(line))), (line) -> new HashSet<>(Set.of(List.of(line))))) {
            Order order = new Order();
            order.number = "7";
            Line line = new Line(order, 1);
            order.first = line;
            order.lines = lines.apply(line);
            assertRefused(order, "whose keys do not lead back");
            // By way of objects that are complete, but for what they refer to.
            order.first = new ArrayList<>(List.of(line, new ArrayList<>(List.of(1))));
            order.lines = List.of(order.first, order.lines);
            assertRefused(order, "whose keys do not lead back");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void noConverterIsGivenWhatLeadsOutOfIt() {
        ValueFormat converting = this.format.with(MemlinkTypeConverter.of(Samples.Copied.class, List.class,
                Samples.Copied::content, Samples.Copied::new));
        Order order = new Order();
        order.number = "7";
        order.first = new Line(order, 1);
        order.lines = new Samples.Copied(List.of(order.first));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> converting.encode(order))
            .withMessageContaining("whose keys do not lead back");
        List<Object> after = new ArrayList<>(List.of(order, order.lines));
        order.lines = null;
        List<?> back = (List<?>) converting.decode(converting.encode(after));
        assertThat(((Samples.Copied) back.get(1)).content().get(0)).isSameAs(((Order) back.get(0)).first);
    }

    @Test
    void keysMayLeadToCyclesThatAreComplete() {
        Order order = new Order();
        order.number = "7";
        order.lines = new ArrayList<>(List.of(new Line(order, 1), new Line(order, 2)));
        List<?> lines = (List<?>) order.lines;
        Set<Object> all = new HashSet<>(lines);
        List<Object> back = back(new ArrayList<>(List.of(order, all, new TreeMap<>(Map.of(lines.get(1), order)))));
        Line first = (Line) ((List<?>) ((Order) back.get(0)).lines).get(0);
        assertThat((Set<?>) back.get(1)).hasSize(2).anyMatch((line) -> line == first);
        assertThat(((Map<?, ?>) back.get(2)).values()).allMatch((each) -> each == back.get(0));
        assertThat(((Set<?>) back.get(1)).contains(first)).isTrue();
    }

    private static Node chain(int length) {
        Node first = new Node("0");
        Node last = first;
        for (int i = 1; i < length; i++) {
            last.next = new Node("" + i);
            last = last.next;
        }
        return first;
    }

}
