package io.memlink.embedded.admin;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.memlink.embedded.command.BadRequestException;
import io.memlink.embedded.command.Counters;
import io.memlink.embedded.command.Numbers;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.SlabClasses;
import io.memlink.embedded.store.Store;

/**
 * The statistics that {@code stats items}, {@code stats slabs} and
 * {@code stats cachedump} show, as if the items were kept in slab classes.
 */
final class ItemStatistics {

    private static final long PAGE = 1024 * 1024;

    private static final List<String> ITEM_NAMES = List.of("number", "number_hot", "number_warm", "number_cold",
            "age_hot", "age_warm", "age", "mem_requested", "evicted", "evicted_nonzero", "evicted_time", "outofmemory",
            "tailrepairs", "reclaimed", "expired_unfetched", "evicted_unfetched", "evicted_active", "crawler_reclaimed",
            "crawler_items_checked", "lrutail_reflocked", "moves_to_cold", "moves_to_warm", "moves_within_lru",
            "direct_reclaims", "hits_to_hot", "hits_to_warm", "hits_to_cold", "hits_to_temp");

    private static final List<String> SLAB_COUNTS = List.of("get_hits", "cmd_set", "delete_hits", "incr_hits",
            "decr_hits", "cas_hits", "cas_badval", "touch_hits");

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final ToLongFunction<String> statistic;

    private final Release release;

    ItemStatistics(Store store, ServerTime time, Counters counters, ToLongFunction<String> statistic, Release release) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.statistic = statistic;
        this.release = release;
    }

    private Map<Integer, List<Item>> classes() {
        return this.store.items()
            .stream()
            .collect(Collectors.groupingBy((item) -> SlabClasses.of(item.size()), TreeMap::new, Collectors.toList()));
    }

    // What is counted for all classes together is shown with the first of them.
    void items(ReplyBuffer reply) {
        boolean first = true;
        for (Map.Entry<Integer, List<Item>> entry : classes().entrySet()) {
            List<Item> items = entry.getValue();
            long oldest = items.stream().mapToLong(Item::accessed).min().orElse(0);
            for (String name : ITEM_NAMES) {
                long value = switch (name) {
                    case "number" -> items.size();
                    case "age" -> this.time.now() - oldest;
                    case "mem_requested" -> items.stream().mapToLong(Item::size).sum();
                    case "evicted" -> first ? this.statistic.applyAsLong("evictions") : 0;
                    default -> first ? this.statistic.applyAsLong(name) : 0;
                };
                Statistics.stat(reply, "items:" + entry.getKey() + ":" + name, value);
            }
            first = false;
        }
        reply.line("END");
    }

    void slabs(ReplyBuffer reply) {
        Map<Integer, List<Item>> classes = classes();
        Map<String, Long> counts = this.counters.all();
        long pages = 0;
        for (Map.Entry<Integer, List<Item>> entry : classes.entrySet()) {
            String prefix = entry.getKey() + ":";
            long chunk = SlabClasses.chunkSize(entry.getKey());
            long perPage = PAGE / chunk;
            long used = entry.getValue().stream().mapToLong((item) -> (item.size() + chunk - 1) / chunk).sum();
            long ofClass = (used + perPage - 1) / perPage;
            Statistics.stat(reply, prefix + "chunk_size", chunk);
            Statistics.stat(reply, prefix + "chunks_per_page", perPage);
            Statistics.stat(reply, prefix + "total_pages", ofClass);
            Statistics.stat(reply, prefix + "total_chunks", ofClass * perPage);
            Statistics.stat(reply, prefix + "used_chunks", used);
            Statistics.stat(reply, prefix + "free_chunks", ofClass * perPage - used);
            Statistics.stat(reply, prefix + "free_chunks_end", 0);
            for (String name : SLAB_COUNTS) {
                Statistics.stat(reply, prefix + name, (pages == 0) ? counts.getOrDefault(name, 0L) : 0L);
            }
            pages += ofClass;
        }
        Statistics.stat(reply, "active_slabs", classes.size());
        Statistics.stat(reply, "total_malloced", pages * PAGE);
        reply.line("END");
    }

    void dump(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (line.size() < 4) {
            throw new BadRequestException("CLIENT_ERROR bad command line");
        }
        Integer slabClass = Numbers.uint32(line.word(2), this.release);
        Integer limit = Numbers.uint32(line.word(3), this.release);
        if (slabClass == null || limit == null) {
            throw BadRequestException.badFormat();
        }
        if (slabClass < 0 || slabClass >= SlabClasses.LIMIT) {
            throw new BadRequestException("CLIENT_ERROR Illegal slab id");
        }
        long origin = this.time.unixTime() - this.time.now();
        classes().getOrDefault(slabClass, Collections.emptyList())
            .stream()
            .filter((item) -> !item.binaryKey())
            .limit((limit == 0) ? Long.MAX_VALUE : Integer.toUnsignedLong(limit))
            .forEach((item) -> {
                long expiry = (item.expiry() == ServerTime.NEVER) ? 0 : item.expiry() + origin;
                reply.text("ITEM ").bytes(item.key().bytes());
                reply.line(" [" + item.value().length + " b; " + expiry + " s]");
            });
        reply.line("END");
    }

}
