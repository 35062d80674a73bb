package io.memlink.value.suite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Enums;
import io.memlink.value.suite.shop.Records;

/**
 * Values that nobody thought of, the same ones for the same seed.
 */
final class RandomValues {

    private final Random random;

    private int budget;

    private final List<Object> made = new ArrayList<>();

    RandomValues(long seed) {
        this.random = new Random(seed);
        this.budget = 1 + this.random.nextInt(80);
    }

    private int below(int bound) {
        return this.random.nextInt(bound);
    }

    private Object number() {
        return switch (below(9)) {
            case 0 -> this.random.nextInt();
            case 1 -> this.random.nextLong();
            case 2 -> (short) this.random.nextInt();
            case 3 -> (byte) this.random.nextInt();
            case 4 -> this.random.nextFloat();
            case 5 -> Double.longBitsToDouble(this.random.nextLong());
            case 6 -> new BigDecimal(new BigInteger(below(100) + 1, this.random), below(40) - 20);
            case 7 -> new BigInteger(below(90) + 1, this.random);
            default -> below(300) - 150;
        };
    }

    private Object time() {
        return switch (below(7)) {
            case 0 -> LocalDate.ofEpochDay(below(100_000) - 50_000);
            case 1 -> Instant.ofEpochSecond(this.random.nextInt(), below(1_000_000_000));
            case 2 -> ZonedDateTime.ofInstant(Instant.ofEpochSecond(this.random.nextInt()),
                    ZoneId.of(List.of("Europe/Berlin", "America/New_York", "UTC", "+02:00").get(below(4))));
            case 3 -> Duration.ofNanos(this.random.nextLong());
            case 4 -> LocalDateTime.ofEpochSecond(this.random.nextInt(), below(1_000_000_000), ZoneOffset.UTC);
            case 5 -> ZoneOffset.ofTotalSeconds(below(64_800) - 32_400);
            default -> new Date(this.random.nextInt());
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = below(12); i > 0; i--) {
            text.append((char) ((below(10) == 0) ? below(65536) : 'a' + below(26)));
        }
        return text.toString();
    }

    private Object leaf() {
        return switch (below(12)) {
            case 0 -> null;
            case 1, 2, 3 -> number();
            case 4 -> time();
            case 5 -> (char) below(65536);
            case 6 -> this.random.nextBoolean();
            case 7 -> Enums.Colour.values()[below(3)];
            case 8 -> Enums.Operation.values()[below(2)];
            case 9 -> new UUID(this.random.nextLong(), this.random.nextLong());
            case 10 -> new Records.Point(this.random.nextInt(), this.random.nextLong());
            default -> text();
        };
    }

    private Object key() {
        Object key = leaf();
        while (key == null || key instanceof Date) {
            key = leaf();
        }
        return (below(8) == 0) ? List.of(key) : (below(8) == 0) ? new Records.Box<>(key) : key;
    }

    private List<Object> some(Supplier<Object> source) {
        List<Object> all = new ArrayList<>();
        for (int i = below(6); i > 0; i--) {
            all.add(source.get());
        }
        return all;
    }

    private <M extends Map<Object, Object>> M fill(M map, Supplier<Object> keys, boolean nulls) {
        for (Object key : some(keys)) {
            Object value = any();
            if (nulls || value != null) {
                map.put(key, value);
            }
        }
        return map;
    }

    Object any() {
        if (--this.budget < 0 || below(3) == 0) {
            return leaf();
        }
        if (!this.made.isEmpty() && below(10) == 0) {
            return this.made.get(below(this.made.size()));
        }
        Object value = switch (below(4)) {
            case 0 -> list();
            case 1 -> map();
            case 2 -> object();
            default -> other();
        };
        this.made.add(value);
        return value;
    }

    private Object list() {
        return switch (below(13)) {
            case 0 -> new ArrayList<>(some(this::any));
            case 1 -> new LinkedList<>(some(this::any));
            case 2 -> List.of(some(this::any).stream().filter(Objects::nonNull).toArray());
            case 3 -> new HashSet<>(some(this::key));
            case 4 -> new LinkedHashSet<>(some(this::key));
            case 5 -> Set.copyOf(some(this::key));
            case 6 -> Arrays.asList(some(this::any).toArray());
            case 7 -> Collections.unmodifiableList(new ArrayList<>(some(this::any)));
            case 8 -> new ArrayDeque<>(some(this::key));
            case 9 -> new CopyOnWriteArrayList<>(some(this::any));
            case 10 -> {
                List<Object> own = new ArrayList<>();
                this.made.add(own);
                own.addAll(some(this::any));
                yield own;
            }
            case 11 -> some(this::any).stream().toList();
            default -> Collections.synchronizedList(new ArrayList<>(some(this::any)));
        };
    }

    private Object map() {
        return switch (below(7)) {
            case 0 -> fill(new HashMap<>(), this::key, true);
            case 1 -> fill(new LinkedHashMap<>(), this::key, true);
            case 2 -> fill(new TreeMap<>(), this::text, true);
            case 3 -> Map.copyOf(fill(new HashMap<>(), this::key, false));
            case 4 -> fill(new ConcurrentHashMap<>(), this::key, false);
            case 5 -> new EnumMap<>(Map.of(Enums.Colour.RED, Optional.ofNullable(leaf())));
            default -> Collections.unmodifiableMap(fill(new LinkedHashMap<>(), this::key, true));
        };
    }

    private Object object() {
        return switch (below(9)) {
            case 0 -> new Records.Box<>(any());
            case 1 -> new Records.Pair<>(any(), any());
            case 2 -> new Records.Triple(any(), any(), any());
            case 3 -> {
                Beans.Node node = new Beans.Node(text());
                this.made.add(node);
                node.next = (any() instanceof Beans.Node next) ? next : (below(3) == 0) ? node : null;
                yield node;
            }
            case 4 -> Beans.Wide.of(below(500));
            case 5 -> new Beans.Grandchild(text(), below(9), text(), any());
            case 6 -> new Beans.Article(text(), below(9), this.random.nextLong(), new ArrayList<>(List.of(text())),
                    this.random.nextBoolean(), LocalDate.EPOCH);
            case 7 -> new Records.Loop(new ArrayList<>(some(this::any)));
            default -> {
                Beans.Tree tree = new Beans.Tree(text(), null);
                for (int i = below(3); i > 0; i--) {
                    new Beans.Tree(text(), tree);
                }
                yield tree;
            }
        };
    }

    private Object other() {
        return switch (below(8)) {
            case 0 -> some(this::any).toArray();
            case 1 -> new int[] { this.random.nextInt(), below(5) };
            case 2 -> new String[] { text(), null };
            case 3 -> EnumSet.of(Enums.Colour.values()[below(3)]);
            case 4 -> new AtomicReference<>(any());
            case 5 -> Optional.ofNullable(any());
            case 6 -> new Records.Point[] { new Records.Point(below(4), 1), null };
            default -> Map.entry(key(), key());
        };
    }

}
