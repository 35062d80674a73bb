package io.memlink.embedded.admin;

import io.memlink.embedded.command.BadRequestException;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.Numbers;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.memlink.embedded.store.SlabClasses;
import io.memlink.embedded.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The commands {@code cache_memlimit}, {@code lru} and {@code slabs}. The first changes
 * the memory for items. The others are checked and answered like on a real server and
 * change nothing: there are no slab classes, and the segments have fixed shares.
 */
final class MemoryCommands {

    private static final String ERROR = "ERROR";

    private static final String OK = "OK";

    private static final int SMALLEST_MEGABYTES = 8;

    private static final int LARGEST_MEGABYTES = 1_000_000_000;

    private static final long MEGABYTE = 1024 * 1024;

    private static final int LONGEST_REAL = 31;

    private static final int WINDOW_RELEASE = 34;

    private final Store store;

    private final Release release;

    MemoryCommands(Store store, Release release) {
        this.store = store;
        this.release = release;
    }

    NextStep limit(RequestLine line, ReplyBuffer reply) {
        Integer number = Numbers.uint32(line.word(1), this.release);
        if (number == null) {
            return AdminCommands.answer(reply, ERROR);
        }
        long megabytes = Integer.toUnsignedLong(number);
        if (megabytes < SMALLEST_MEGABYTES) {
            return AdminCommands.answer(reply, "MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m");
        }
        if (megabytes > LARGEST_MEGABYTES) {
            return AdminCommands.answer(reply, "MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes");
        }
        this.store.limitMemory(megabytes * MEGABYTE);
        return AdminCommands.answer(reply, OK);
    }

    NextStep lru(RequestLine line, ReplyBuffer reply) {
        return AdminCommands.answer(reply, switch (line.word(1)) {
            case "tune" -> (line.size() > 5) ? tune(line) : ERROR;
            case "mode" -> (line.word(2).equals("flat") || line.word(2).equals("segmented")) ? OK : ERROR;
            case "temp_ttl" -> (Numbers.int32(line.word(2), this.release) != null) ? OK : ERROR;
            default -> ERROR;
        });
    }

    private String tune(RequestLine line) {
        Integer hot = Numbers.uint32(line.word(2), this.release);
        Integer warm = Numbers.uint32(line.word(3), this.release);
        Double hotFactor = real(line.word(4));
        Double warmFactor = real(line.word(5));
        if (hot == null || warm == null || hotFactor == null || warmFactor == null) {
            return ERROR;
        }
        // As in C, the sum has 32 bits.
        if (Integer.compareUnsigned(hot + warm, 80) > 0) {
            return "ERROR hot and warm pcts must not exceed 80";
        }
        return (hotFactor <= 0 || warmFactor <= 0) ? "ERROR hot/warm age factors must be greater than 0" : OK;
    }

    NextStep slabs(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (line.word(1).equals("reassign") && line.size() == 4) {
            return AdminCommands.answer(reply, reassign(line));
        }
        if (line.word(1).equals("automove") && line.size() > 2) {
            return AdminCommands.answer(reply, automove(line));
        }
        return AdminCommands.answer(reply, ERROR);
    }

    private String reassign(RequestLine line) throws BadRequestException {
        Integer source = Numbers.int32(line.word(2), this.release);
        Integer target = Numbers.int32(line.word(3), this.release);
        if (source == null || target == null) {
            throw BadRequestException.badFormat();
        }
        if (source.equals(target)) {
            return "SAME src and dst class are identical";
        }
        boolean known = source >= 0 && source < SlabClasses.LIMIT && target >= 0 && target < SlabClasses.LIMIT;
        return known ? "NOSPARE source class has no spare pages" : "BADCLASS invalid src or dst class id";
    }

    private String automove(RequestLine line) throws BadRequestException {
        switch (line.word(2)) {
            case "ratio", "freeratio" -> {
                return (real(line.word(3)) != null) ? OK : ERROR;
            }
            case "window" -> {
                Integer window = this.release.since(WINDOW_RELEASE) ? Numbers.uint32(line.word(3), this.release) : null;
                if (window == null) {
                    throw BadRequestException.badFormat();
                }
                return (window < 3 || window > 1800) ? "CLIENT_ERROR automove window too low or too high" : OK;
            }
            default -> {
                Integer level = Numbers.uint32(line.word(2), this.release);
                if (level == null) {
                    throw BadRequestException.badFormat();
                }
                return (level >= 0 && level <= 2) ? OK : ERROR;
            }
        }
    }

    private @Nullable Double real(String text) {
        boolean tooLong = text.length() > LONGEST_REAL && this.release.since(Release.NEW_PARSER);
        return tooLong ? null : RealNumber.parse(text);
    }

}
