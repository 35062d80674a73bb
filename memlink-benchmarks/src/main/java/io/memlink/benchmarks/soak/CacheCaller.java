package io.memlink.benchmarks.soak;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkException;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.jspecify.annotations.Nullable;

/**
 * Loads, evicts and puts in one application, and checks what it reads. Safe for use by
 * many threads.
 */
final class CacheCaller {

    private static final int LOADS_OF_100 = 80;

    private final CacheApplication application;

    private final List<CacheApplication> applications;

    private final Deliveries deliveries;

    private final CachedTable table;

    private final CacheClears clears;

    private final Verdicts verdicts;

    CacheCaller(CacheApplication application, List<CacheApplication> applications, Deliveries deliveries,
            CachedTable table, CacheClears clears, Verdicts verdicts) {
        this.application = application;
        this.applications = applications;
        this.deliveries = deliveries;
        this.table = table;
        this.clears = clears;
        this.verdicts = verdicts;
    }

    void round(Random random) {
        CachedRow row = this.table.choose(random.nextInt(2), random.nextInt(this.table.rows.size()));
        if (this.clears.isDue(random)) {
            clear();
        }
        else if (random.nextInt(100) < LOADS_OF_100 || !row.isChangedBy(this.application.number)) {
            read(row, random.nextBoolean());
        }
        else if (!row.isPut()) {
            evict(row);
        }
        else {
            // Of two threads, the one that changes the row later evicts or puts later.
            row.truth.lock.lock();
            try {
                if (random.nextBoolean()) {
                    put(row);
                }
                else {
                    evict(row);
                }
            }
            finally {
                row.truth.lock.unlock();
            }
        }
    }

    /** Reads a row, and checks it against what was acknowledged before. */
    void read(CachedRow row, boolean inTurn) {
        long own = row.changedBy(this.application.number);
        long floor = floor(row);
        long failures = this.application.count(Count.FAILURES);
        CachedRows rows = this.application.of(row);
        byte[] bytes = inTurn ? rows.readInTurn(row.number) : rows.read(row.number);
        this.verdicts.count("reads");
        // "While a backend cannot be asked, callers share loads that began after that,
        // and do not learn of deletions by other clients" (reliability.md).
        boolean alone = inTurn && this.application.count(Count.FAILURES) > failures;
        check(row, alone ? Math.min(own, floor) : floor, bytes, inTurn);
    }

    /**
     * "Other clients read what this client owes a delete of, until it is delivered"
     * (reliability.md). That is a put of which nobody knows what became of it, too: it
     * may be stored late, and is deleted then.
     */
    private long floor(CachedRow row) {
        long floor = row.truth.floor(this.application.number);
        boolean mayCome = row.isPut() && row.owner() != this.application.number
                && this.applications.get(row.owner()).owed() > 0;
        return mayCome ? 0 : floor;
    }

    private void check(CachedRow row, long floor, byte @Nullable [] bytes, boolean inTurn) {
        NamedValue value = (bytes != null) ? NamedValue.of(bytes) : null;
        String where = "application %d read %s%s: ".formatted(this.application.number, row.truth.key,
                inTurn ? " in turn" : "");
        if (value == null) {
            this.verdicts.violation("no torn value", where + ((bytes != null) ? bytes.length + " bytes" : "null"));
        }
        else if (!value.key().equals(row.truth.key)) {
            this.verdicts.violation("no value of another key", where + value.key());
        }
        else if (value.version() > row.truth.issued()) {
            this.verdicts.violation("no invented value", where + value.version() + ", issued " + row.truth.issued());
        }
        else if (value.version() < floor) {
            this.verdicts.violation("nothing older than the last eviction",
                    where + value.version() + ", must be at least " + floor);
        }
    }

    /**
     * An eviction that failed binds this application all the same: "the key is
     * journalled, and deleted before it is read again" (caching.md).
     */
    private void evict(CachedRow row) {
        long version = row.truth.nextVersion();
        boolean noticed = this.clears.areNoticed();
        boolean done = false;
        try {
            this.application.of(row).evict(row.number);
            done = row.isAcknowledged() && noticed && this.clears.areNoticed();
        }
        catch (MemlinkException ex) {
            this.verdicts.count("evictions that were journalled");
        }
        this.verdicts.count("evictions");
        row.changed(this.application.number, version);
        if (done) {
            this.verdicts.count("evictions that all must see at once");
            row.truth.acknowledged(version);
        }
        else {
            this.deliveries.add(row.truth, version);
        }
    }

    /** "An application sees its own puts, evictions and clears at once" (caching.md). */
    private void put(CachedRow row) {
        long version = row.truth.nextVersion();
        this.application.of(row).put(row.number, row.value(version));
        this.verdicts.count("puts");
        row.changed(this.application.number, version);
        this.deliveries.add(row.truth, version);
    }

    /**
     * "The application that clears sees it at once, others within clear-lag"; "if it
     * fails, because too few backends can be asked, it is carried on" (caching.md).
     */
    private void clear() {
        List<CachedRow> rows = this.table.rows.stream().filter(CachedRow::isAcknowledged).toList();
        List<Long> versions = rows.stream().map((row) -> row.truth.issued()).toList();
        boolean done = false;
        this.clears.begin();
        try {
            this.application.clear();
            done = true;
            this.verdicts.count("clears");
        }
        catch (MemlinkException ex) {
            this.verdicts.count("clears that are carried on");
        }
        this.clears.end(done);
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).changed(this.application.number, versions.get(i));
        }
        if (done) {
            pause(CacheClears.LAG.toMillis());
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).truth.acknowledged(versions.get(i));
            }
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
