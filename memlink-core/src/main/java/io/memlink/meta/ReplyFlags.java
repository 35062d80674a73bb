package io.memlink.meta;

/** Takes the flags of a reply one by one. */
interface ReplyFlags {

    /**
     * Takes a flag with its number; what is not known is ignored, since servers may learn
     * more.
     * @param letter the flag
     * @param number its argument, unsigned; -1 where it has none or is negative
     */
    void flag(byte letter, long number);

}
