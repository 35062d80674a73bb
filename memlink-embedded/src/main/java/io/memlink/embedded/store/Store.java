package io.memlink.embedded.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The items of one server, with the rules by which memcached changes, expires and evicts
 * them. Confined to the thread of the server, hence without locks.
 *
 * @since 0.1.0
 */
public final class Store {

    private static final byte[] NOTHING = new byte[0];

    private static final int LARGEST_PIECE = 512 * 1024;

    private final Limits limits;

    private final long firstCas;

    private ItemTable items;

    private final ServerTime time;

    private final int maxItemBytes;

    private CasIds casIds;

    private final boolean failuresUseCasIds;

    private long totalItems;

    private long expiredFinds;

    private long flushedFinds;

    private boolean outOfMemory;

    private final Flush flush = new Flush();

    /**
     * Creates an empty store.
     * @param time the time of the server
     * @param limits how much it holds
     * @param firstCas the CAS id of the first item
     * @param failuresUseCasIds whether a store that is refused uses up an id
     */
    public Store(ServerTime time, Limits limits, long firstCas, boolean failuresUseCasIds) {
        this.time = time;
        this.limits = limits;
        this.firstCas = firstCas;
        this.items = new ItemTable(limits.maxBytes(), limits.maxHeapBytes());
        this.maxItemBytes = limits.maxItemBytes();
        this.casIds = new CasIds(firstCas);
        this.failuresUseCasIds = failuresUseCasIds;
    }

    /**
     * Finds an item without counting this as a use of it.
     * @param key the key
     * @return the item, or null if there is none or it has expired
     */
    public @Nullable Item find(Item.Key key) {
        flushIfDue();
        Item item = this.items.get(key);
        if (item == null) {
            return null;
        }
        boolean expired = item.expired(this.time.now());
        if (!expired && !this.flush.covers(item)) {
            return item;
        }
        this.expiredFinds += expired ? 1 : 0;
        this.flushedFinds += expired ? 0 : 1;
        remove(item);
        return null;
    }

    /**
     * Notes that an item was fetched, so that it is evicted later.
     * @param item an item of this store
     */
    public void fetched(Item item) {
        item.accessed(this.time.now());
        if (this.items.get(item.key()) == item) {
            this.items.fetched(item);
        }
    }

    /**
     * Tells whether an item of this size may be stored at all.
     * @param keyLength the length of the key
     * @param clientFlags the client flags
     * @param valueLength the length of the value
     * @return whether it is within the item size limit
     */
    public boolean fits(int keyLength, int clientFlags, long valueLength) {
        return ItemSize.of(keyLength, clientFlags, valueLength) <= this.maxItemBytes;
    }

    /**
     * Tells whether an item of this size is kept in pieces, which get their memory while
     * the value is read.
     * @param keyLength the length of the key
     * @param clientFlags the client flags
     * @param valueLength the length of the value
     * @return whether it is larger than the largest piece
     */
    public boolean inPieces(int keyLength, int clientFlags, long valueLength) {
        return ItemSize.of(keyLength, clientFlags, valueLength) > LARGEST_PIECE;
    }

    /**
     * Stores an item if the condition allows it. An id is used up by a refused attempt
     * too.
     * @param candidate the item, or for append and prepend the bytes to add
     * @param condition when to store
     * @param cas the CAS id the item gets, 0 to assign one
     * @return what became of it
     */
    public Stored store(Item candidate, StoreCondition condition, long cas) {
        long chosenCas = this.failuresUseCasIds ? this.casIds.orNext(cas) : cas;
        Item present = find(candidate.key());
        Stored.Outcome refusal = condition.refusal(present);
        if (refusal != null) {
            return new Stored(refusal, null);
        }
        Item item = candidate;
        if (present != null && condition.joins()) {
            if (!fits(present.key().length(), present.clientFlags(), joinedLength(present, candidate))) {
                return new Stored(Stored.Outcome.NOT_STORED, null);
            }
            item = join(present, candidate, condition.mode());
        }
        else if (present != null && condition.isOlderThan(present)) {
            item.expiry(present.expiry());
            item.stale(true);
            item.winSent(present.winSent());
        }
        item.stores((present != null) ? present.stores() + 1 : 1);
        link(item, this.casIds.orNext(chosenCas));
        return new Stored(Stored.Outcome.STORED, item);
    }

    private static long joinedLength(Item present, Item added) {
        return (long) present.value().length + added.value().length;
    }

    // A joined item is a new one: it loses the marks, and the mark of a binary key with
    // them.
    private static Item join(Item present, Item added, StoreCondition.Mode mode) {
        byte[] head = (mode == StoreCondition.Mode.APPEND) ? present.value() : added.value();
        byte[] tail = (mode == StoreCondition.Mode.APPEND) ? added.value() : present.value();
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return new Item(present.key(), joined, present.clientFlags(), present.expiry(), false);
    }

    /**
     * Creates the empty item that tells one client to fill it and the others to wait.
     * @param key the key, which must be missing
     * @param cas the CAS id the item gets, 0 to assign one
     * @return the item, which has no expiry yet
     */
    public Item vivify(Item.Key key, long cas) {
        Item item = new Item(key, NOTHING, 0, ServerTime.NEVER, false);
        link(item, this.casIds.orNext(cas));
        return item;
    }

    /**
     * Removes an item.
     * @param item an item of this store
     */
    public void remove(Item item) {
        this.items.remove(item.key());
    }

    /**
     * Replaces an item by an empty one, which keeps the CAS id and nothing else.
     * @param item an item of this store
     * @param clientFlags the client flags of the empty item
     * @param expiry the expiry of the empty item
     * @return the empty item
     */
    public Item erase(Item item, int clientFlags, long expiry) {
        Item erased = new Item(item.key(), NOTHING, clientFlags, expiry, false);
        link(erased, item.cas());
        return erased;
    }

    /**
     * Marks an item stale, so that the next client that reads it wins the right to
     * replace it.
     * @param item an item of this store
     * @param cas the CAS id the item gets, 0 to assign one
     */
    public void markStale(Item item, long cas) {
        item.stale(true);
        item.winSent(false);
        item.cas(this.casIds.orNext(cas));
    }

    /**
     * Adds to, or subtracts from, a number. As on a real server a shorter number is
     * padded with spaces in place, and a longer one makes a new item.
     * @param key the key
     * @param compare the CAS id the item must have, 0 for any
     * @param change computes the new number, unsigned
     * @return what became of it
     */
    public Sum add(Item.Key key, long compare, LongUnaryOperator change) {
        Item item = find(key);
        if (item == null) {
            return Sum.failed(Sum.Outcome.NOT_FOUND);
        }
        if (item.value().length == 0) {
            return Sum.failed(Sum.Outcome.NON_NUMERIC);
        }
        if (compare != 0 && compare != item.cas()) {
            return Sum.failed(Sum.Outcome.EXISTS);
        }
        Long number = StoredNumber.parse(item.value());
        if (number == null) {
            return Sum.failed(Sum.Outcome.NON_NUMERIC);
        }
        long sum = change.applyAsLong(number);
        replaceNumber(item, Long.toUnsignedString(sum).getBytes(StandardCharsets.US_ASCII));
        return new Sum(Sum.Outcome.DONE, sum, item);
    }

    private void replaceNumber(Item item, byte[] digits) {
        item.cas(this.casIds.orNext(0));
        if (digits.length > item.value().length) {
            link(new Item(item.key(), digits, item.clientFlags(), item.expiry(), false), item.cas());
            return;
        }
        byte[] padded = Arrays.copyOf(digits, item.value().length);
        Arrays.fill(padded, digits.length, padded.length, (byte) ' ');
        item.value(padded);
    }

    /**
     * Drops every item at once; replaces a drop that was still to come.
     */
    public void clear() {
        this.flush.now();
        this.items.clear();
    }

    /**
     * Makes this what it was when it was created, but for what items may take of the
     * heap.
     */
    public void reset() {
        this.items = new ItemTable(this.limits.maxBytes(), this.items.maxHeapBytes());
        this.casIds = new CasIds(this.firstCas);
        this.flush.now();
        this.outOfMemory = false;
        this.totalItems = 0;
        this.expiredFinds = 0;
        this.flushedFinds = 0;
    }

    /**
     * Drops every item, now or later, as a client may ask for; replaces a drop that was
     * still to come. One that is due uses up a CAS id, as on a real server.
     * @param at the second behind the last one whose items are dropped, which happens a
     * second before it begins, as on a real server; {@link ServerTime#NEVER} for now
     */
    public void flush(long at) {
        if (at - 1 <= this.time.now()) {
            this.casIds.orNext(0);
        }
        if (at == ServerTime.NEVER) {
            clear();
        }
        else {
            this.flush.at(at);
        }
    }

    private void flushIfDue() {
        if (this.flush.isDue(this.time.now())) {
            this.items.clear();
        }
    }

    /**
     * Changes the memory for items. What does not fit any more is evicted.
     * @param maxBytes the memory in bytes
     */
    public void limitMemory(long maxBytes) {
        this.items.maxBytes(maxBytes, this.time.now());
    }

    /**
     * Changes what items may take of the heap of this JVM. What does not fit any more is
     * evicted.
     * @param maxHeapBytes the memory in bytes
     */
    public void limitHeap(long maxHeapBytes) {
        this.items.maxHeapBytes(maxHeapBytes, this.time.now());
    }

    /**
     * Makes every store fail for want of memory, or ends that.
     * @param outOfMemory whether stores fail
     */
    public void outOfMemory(boolean outOfMemory) {
        this.outOfMemory = outOfMemory;
    }

    /**
     * Tells whether stores fail for want of memory.
     * @return whether they fail
     */
    public boolean outOfMemory() {
        return this.outOfMemory;
    }

    /**
     * Returns the items that a client could fetch now, in no order. Looking at them is no
     * use of them.
     * @return the items, a copy of the list
     */
    public List<Item> items() {
        flushIfDue();
        long now = this.time.now();
        return this.items.all().stream().filter((item) -> !item.expired(now) && !this.flush.covers(item)).toList();
    }

    /**
     * Returns a number that {@code stats} shows.
     * @param name its name there
     * @return the number
     */
    public long statistic(String name) {
        return switch (name) {
            case "total_items" -> this.totalItems;
            case "evictions" -> this.items.evictions();
            case "evicted_unfetched" -> this.items.evictedUnfetched();
            case "reclaimed" -> this.items.reclaimed();
            case "get_expired" -> this.expiredFinds;
            case "get_flushed" -> this.flushedFinds;
            case "number_hot" -> this.items.size(Segments.Segment.HOT);
            case "number_warm" -> this.items.size(Segments.Segment.WARM);
            case "number_cold" -> this.items.size(Segments.Segment.COLD);
            default -> 0;
        };
    }

    private void link(Item item, long cas) {
        item.cas(cas);
        item.created(this.time.now());
        this.items.put(item, this.time.now());
        this.totalItems++;
    }

    /**
     * Returns how many items there are, those included that expired and were not looked
     * up since.
     * @return the number of items
     */
    public int size() {
        flushIfDue();
        return this.items.size();
    }

    /**
     * Returns the memory that the items take.
     * @return the number of bytes
     */
    public long bytes() {
        flushIfDue();
        return this.items.bytes();
    }

    /**
     * Returns how many items were ever stored.
     * @return the number of items
     */
    public long totalItems() {
        return this.totalItems;
    }

    /**
     * Returns how many items were dropped to make room for others.
     * @return the number of items
     */
    public long evictions() {
        return this.items.evictions();
    }

    /**
     * Returns the memory for items.
     * @return the number of bytes
     */
    public long maxBytes() {
        return this.items.maxBytes();
    }

    /**
     * Returns what a value takes in the heap of this JVM.
     * @param length the length of the value
     * @return the number of bytes
     */
    public static long heapBytes(long length) {
        return HeapSize.of(length);
    }

    /**
     * Returns the largest item.
     * @return the number of bytes
     */
    public int maxItemBytes() {
        return this.maxItemBytes;
    }

    /**
     * The limits of a store.
     *
     * @param maxBytes the memory for items in bytes, as a real server would count them
     * @param maxItemBytes the largest item in bytes, counted likewise
     * @param maxHeapBytes what items may take of the heap of this JVM, in bytes;
     * whichever limit is reached first evicts
     */
    public record Limits(long maxBytes, int maxItemBytes, long maxHeapBytes) {
    }

    /**
     * The outcome of a store command.
     *
     * @param outcome whether it was stored, or why not
     * @param item what is stored now, null unless stored
     */
    public record Stored(Outcome outcome, @Nullable Item item) {

        /** The outcomes of a store. */
        public enum Outcome {

            /** It is stored. */
            STORED,

            /** The mode forbade it. */
            NOT_STORED,

            /** The item that is there has another CAS id. */
            EXISTS,

            /** There is no item to compare with. */
            NOT_FOUND

        }

    }

}
