package io.memlink.value.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One instance for all threads: what came before, or comes at the same time, changes
 * nothing.
 */
class SharedInstanceTests {

    @Test
    void eightThreadsSeeWhatOneWouldSee() throws Exception {
        Subject subject = Subject.FORMAT;
        Subject.Session shared = subject.open(getClass().getClassLoader(), Values.TRUSTED);
        List<ValueCase> values = Values.all()
            .stream()
            .filter((each) -> !each.kind().equals("graph") && !each.kind().equals("unfit"))
            .toList();
        Map<String, Verdict> written = VerdictTable.of(subject);
        inThreads(8, (thread) -> {
            Random random = new Random(thread);
            for (int i = 0; i < 600; i++) {
                ValueCase value = values.get(random.nextInt(values.size()));
                RoundTrip trip = RoundTrip.of(subject, shared, shared, value);
                // Constructors that behave otherwise the second time are not for many
                // threads.
                if (!value.name().startsWith("constructor")) {
                    assertThat(trip.verdict()).as("%s: %s", value.id(), trip.why()).isEqualTo(written.get(value.id()));
                }
            }
        });
    }

    @Test
    void concurrentCollectionsAreWrittenWhileTheyChange() throws Exception {
        Subject.Session session = Subject.FORMAT.open(getClass().getClassLoader(), Values.TRUSTED);
        Map<Integer, Integer> map = new ConcurrentHashMap<>();
        Map<Integer, Integer> sorted = new ConcurrentSkipListMap<>();
        List<Integer> list = new CopyOnWriteArrayList<>();
        ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();
        List<Integer> locked = Collections.synchronizedList(new ArrayList<>());
        Map<Integer, Integer> lockedMap = Collections.synchronizedMap(new java.util.TreeMap<>());
        List<Object> all = List.of(map, sorted, list, deque, locked, lockedMap, map.keySet(), map.values(),
                lockedMap.values());
        AtomicBoolean done = new AtomicBoolean();
        inThreads(4, (thread) -> {
            if (thread == 0) {
                try {
                    for (int i = 0; i < 1000; i++) {
                        assertThat(session.decode(session.encode(all.get(i % all.size())))).isNotNull();
                    }
                }
                finally {
                    done.set(true);
                }
                return;
            }
            Random random = new Random(thread);
            while (!done.get()) {
                int n = random.nextInt(50);
                boolean put = random.nextBoolean();
                change(put, n, List.of(map, sorted, lockedMap));
                if (put && list.size() < 50) {
                    list.add(n);
                    deque.add(n);
                    locked.add(n);
                }
                else {
                    list.remove((Integer) n);
                    deque.poll();
                    locked.remove((Integer) n);
                }
            }
        });
    }

    private static void change(boolean put, int n, List<Map<Integer, Integer>> maps) {
        for (Map<Integer, Integer> map : maps) {
            if (put) {
                map.put(n, n);
            }
            else {
                map.remove(n);
            }
        }
    }

    private static void inThreads(int count, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Object>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int thread = i;
                all.add(() -> {
                    work.in(thread);
                    return null;
                });
            }
            for (Future<Object> each : pool.invokeAll(all)) {
                each.get();
            }
        }
        finally {
            pool.shutdownNow();
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    private interface Work {

        void in(int thread) throws Exception;

    }

}
