package io.memlink.embedded.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.memlink.embedded.command.BadRequestException;
import io.memlink.embedded.command.Command;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.Numbers;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.SlabClasses;
import io.memlink.embedded.store.Store;

/**
 * The command {@code lru_crawler}: dumps what is stored. Items that expired are not shown
 * and need no crawler here, so that the rest of it changes nothing.
 */
final class Crawler implements Command {

    private static final int MGDUMP = 19;

    private static final int CLIENT_FLAGS = 24;

    private static final int TRAILING_SPACE = 39;

    private static final int FIRST_LINE_OK = 43;

    private static final int LONGEST_SLEEP = 1_000_000;

    private final Store store;

    private final ServerTime time;

    private final Release release;

    private boolean enabled = true;

    Crawler(Store store, ServerTime time, Release release) {
        this.store = store;
        this.time = time;
        this.release = release;
    }

    void reset() {
        this.enabled = true;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (line.size() == 3) {
            return withArgument(line, reply);
        }
        if (line.size() == 2 && line.word(1).equals("enable")) {
            String answer = this.enabled ? "ERROR failed to start lru crawler thread" : "OK";
            this.enabled = true;
            return AdminCommands.answer(reply, answer);
        }
        if (line.size() == 2 && line.word(1).equals("disable")) {
            this.enabled = false;
            return AdminCommands.answer(reply, "OK");
        }
        return AdminCommands.answer(reply, "ERROR");
    }

    private NextStep withArgument(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        switch (line.word(1)) {
            case "crawl" -> {
                classes(line.word(2));
                return AdminCommands.answer(reply, "OK");
            }
            case "metadump" -> {
                return dump(line.word(2), false, reply);
            }
            case "mgdump" -> {
                return this.release.since(MGDUMP) ? dump(line.word(2), true, reply)
                        : AdminCommands.answer(reply, "ERROR");
            }
            case "tocrawl", "sleep" -> {
                Integer number = Numbers.uint32(line.word(2), this.release);
                if (number == null) {
                    throw BadRequestException.badFormat();
                }
                boolean tooLong = line.word(1).equals("sleep") && Integer.toUnsignedLong(number) > LONGEST_SLEEP;
                return AdminCommands.answer(reply, tooLong ? "CLIENT_ERROR sleep must be one second or less" : "OK");
            }
            default -> {
                return AdminCommands.answer(reply, "ERROR");
            }
        }
    }

    private NextStep dump(String which, boolean requests, ReplyBuffer reply) throws BadRequestException {
        Set<Integer> classes = classes(which);
        List<Item> items = this.store.items()
            .stream()
            .filter((item) -> classes.isEmpty() || classes.contains(SlabClasses.of(item.size())))
            .toList();
        if (this.release.since(FIRST_LINE_OK)) {
            reply.line("OK");
        }
        for (Item item : items) {
            if (requests) {
                request(item, reply);
            }
            else {
                metadata(item, reply);
            }
        }
        return AdminCommands.answer(reply, requests ? "EN" : "END");
    }

    // Which classes are meant, none for all of them.
    private Set<Integer> classes(String which) throws BadRequestException {
        if (!this.enabled) {
            throw new BadRequestException("CLIENT_ERROR lru crawler disabled");
        }
        Set<Integer> classes = new HashSet<>();
        if (which.equals("all") || which.equals("hash")) {
            return classes;
        }
        for (String number : which.split(",")) {
            Integer slabClass = Numbers.lenientUint32(number);
            if (slabClass == null || slabClass < 1 || slabClass >= SlabClasses.LIMIT) {
                throw new BadRequestException("BADCLASS invalid class id");
            }
            classes.add(slabClass);
        }
        return classes;
    }

    private static void request(Item item, ReplyBuffer reply) {
        if (item.binaryKey()) {
            reply.text("mg ").bytes(Base64.getEncoder().encode(item.key().bytes())).line(" b");
        }
        else {
            reply.text("mg ").bytes(item.key().bytes()).line("");
        }
    }

    private void metadata(Item item, ReplyBuffer reply) {
        long origin = this.time.unixTime() - this.time.now();
        StringBuilder line = new StringBuilder("key=").append(encoded(item.key().bytes()));
        line.append(" exp=").append((item.expiry() == ServerTime.NEVER) ? -1 : item.expiry() + origin);
        line.append(" la=").append(item.accessed() + origin);
        line.append(" cas=").append(Long.toUnsignedString(item.cas()));
        line.append(" fetch=").append(item.fetched() ? "yes" : "no");
        line.append(" cls=").append(SlabClasses.of(item.size())).append(" size=").append(item.size());
        if (this.release.since(CLIENT_FLAGS)) {
            line.append(" flags=").append(Integer.toUnsignedString(item.clientFlags()));
        }
        reply.text(line.append(this.release.since(TRAILING_SPACE) ? " \n" : "\n").toString());
    }

    // Like the encoding of forms, but for the space and the tilde.
    private static String encoded(byte[] key) {
        String text = new String(key, StandardCharsets.ISO_8859_1);
        return URLEncoder.encode(text, StandardCharsets.ISO_8859_1)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~");
    }

}
