package io.memlink.benchmarks.soak;

/**
 * Finds where replies begin in the bytes that a server sends, however they are cut into
 * pieces: a value is skipped by its length, since it may contain anything. Confined to
 * one thread.
 */
final class ReplyScanner {

    /** Longer than that of any value; other lines may be longer. */
    private static final int LONGEST_HEAD = 400;

    private final StringBuilder head = new StringBuilder();

    private long block;

    private boolean atStart = true;

    private boolean inLine;

    /**
     * Takes the next byte.
     * @return whether a reply begins with it
     */
    boolean next(byte value) {
        if (this.block > 0) {
            this.block--;
            this.atStart = this.block == 0;
            return false;
        }
        boolean begins = this.atStart;
        this.atStart = false;
        if (begins) {
            this.head.setLength(0);
            this.inLine = true;
        }
        if (value == '\n') {
            this.inLine = false;
            this.block = blockAfter(this.head.toString());
            this.atStart = this.block == 0;
        }
        else if (this.inLine && this.head.length() < LONGEST_HEAD) {
            this.head.append((char) (value & 0xFF));
        }
        return begins;
    }

    // "VA 12 ..." and "VALUE key 0 12 ..." are followed by twelve bytes and a line end.
    private static long blockAfter(String head) {
        String[] words = head.split("[ \\r]", -1);
        return switch (words[0]) {
            case "VA" -> Long.parseLong(words[1]) + 2;
            case "VALUE" -> Long.parseLong(words[3]) + 2;
            default -> 0;
        };
    }

}
