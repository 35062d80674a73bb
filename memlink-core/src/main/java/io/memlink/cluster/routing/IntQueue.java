package io.memlink.cluster.routing;

import java.util.Arrays;

/** A queue of numbers with two ends, which takes no more than their bytes. */
final class IntQueue {

    private int[] ring = new int[16];

    private int head;

    private int size;

    boolean isEmpty() {
        return this.size == 0;
    }

    int size() {
        return this.size;
    }

    void addLast(int number) {
        makeRoom();
        this.ring[(this.head + this.size++) & (this.ring.length - 1)] = number;
    }

    void addFirst(int number) {
        makeRoom();
        this.head = (this.head - 1) & (this.ring.length - 1);
        this.ring[this.head] = number;
        this.size++;
    }

    private void makeRoom() {
        if (this.size == this.ring.length) {
            this.ring = Arrays.copyOf(first(this.size), 2 * this.size);
            this.head = 0;
        }
    }

    /** Returns the first numbers, as many as there are up to a maximum. */
    int[] first(int max) {
        int[] numbers = new int[Math.min(max, this.size)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = this.ring[(this.head + i) & (this.ring.length - 1)];
        }
        return numbers;
    }

    /** Removes the first numbers, as many as there are up to a maximum. */
    int[] remove(int max) {
        int[] removed = first(max);
        this.head = (this.head + removed.length) & (this.ring.length - 1);
        this.size -= removed.length;
        return removed;
    }

}
