package io.memlink.embedded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The commands of the control port. Stateless but for the server. Every answer ends with
 * a line that is {@code OK} or begins with {@code ERROR}.
 */
final class ControlCommands {

    private static final String HELP = """
            fault next [<command>] <fault>         for the next reply
            fault nth <n> [<command>] <fault>      for the n-th reply from now on
            fault always [<command>] <fault>       for every reply, until: fault clear
            fault clear
            connection <id> next|nth|always|clear ...   the same for one connection
            connection <id> close|reset|half-close|freeze|thaw
            freeze, thaw                           reads and answers nothing, goes on
            refuse, accept                         refuses connections, accepts them again
            close-connections
            memory <bytes>                         the memory for items
            out-of-memory on|off                   every store fails
            advance <duration>                     lets time pass for items, for example PT1H or 90s
            clear                                  drops all items
            reset                                  makes all what it was at the start
            item <key>, items, connections, requests [<command>], statistics
            quit
            and as faults:
            """;

    private final EmbeddedMemcached server;

    ControlCommands(EmbeddedMemcached server) {
        this.server = server;
    }

    /**
     * Turns the path of an HTTP request into a line: {@code /fault/next/mg/drop}.
     */
    private static String lineOfPath(String path) {
        return Arrays.stream(path.split("/"))
            .map((part) -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .collect(Collectors.joining(" "))
            .trim();
    }

    /**
     * Executes the path of an HTTP request.
     */
    String executePath(String path) {
        try {
            return execute(lineOfPath(path));
        }
        catch (IllegalArgumentException ex) {
            return error("path: " + path + " (expected: % only before two hexadecimal digits)");
        }
    }

    static String error(String message) {
        return "ERROR " + message.replace('\n', ' ') + "\n";
    }

    String execute(String line) {
        List<String> words = Arrays.asList(line.trim().split("\\s+"));
        try {
            String answer = answer(words.get(0), words.subList(1, words.size()));
            return answer + (answer.isEmpty() || answer.endsWith("\n") ? "" : "\n") + "OK\n";
        }
        catch (NumberFormatException ex) {
            return error("command: " + line.trim() + " (expected: numbers where help has them)");
        }
        catch (IndexOutOfBoundsException ex) {
            return error("command: " + line.trim() + " (expected: all the words that help has)");
        }
        catch (IllegalArgumentException | IllegalStateException | DateTimeException ex) {
            return error(String.valueOf(ex.getMessage()));
        }
    }

    private String answer(String command, List<String> arguments) {
        return switch (command) {
            case "help" -> HELP + FaultParser.HELP;
            case "fault" -> script(this.server.faults(), arguments);
            case "connection" ->
                connection(find(Long.parseLong(arguments.get(0))), arguments.subList(1, arguments.size()));
            case "item" ->
                this.server.item(arguments.get(0)).map((item) -> item + "\n" + item.text()).orElse("no such item");
            case "items" -> lines(this.server.items());
            case "connections" -> lines(this.server.connections());
            case "requests" ->
                String.valueOf(arguments.isEmpty() ? this.server.requests() : this.server.requests(arguments.get(0)));
            case "statistics" -> "requests " + this.server.requests() + "\nconnections " + this.server.openConnections()
                    + "\ntotal_connections " + this.server.totalConnections() + "\nitems " + this.server.items().size()
                    + "\nbytes " + this.server.storedBytes() + "\nevictions " + this.server.evictions()
                    + "\npending_faults " + this.server.faults().pending();
            default -> {
                act(command, arguments);
                yield "";
            }
        };
    }

    private void act(String command, List<String> arguments) {
        switch (command) {
            case "freeze" -> this.server.freeze();
            case "thaw" -> this.server.thaw();
            case "refuse" -> this.server.stopAccepting();
            case "accept" -> this.server.resumeAccepting();
            case "close-connections" -> this.server.closeConnections();
            case "memory" -> this.server.limitMemory(Long.parseLong(arguments.get(0)));
            case "out-of-memory" -> this.server.outOfMemory(isOn(arguments.get(0)));
            case "advance" -> this.server.advanceTime(FaultParser.duration(arguments.get(0)));
            case "clear" -> this.server.clear();
            case "reset" -> this.server.reset();
            default -> throw new IllegalArgumentException("command: " + command + " (expected: one of those of help)");
        }
    }

    private static boolean isOn(String word) {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("out-of-memory: " + word + " (expected: on or off)");
        };
    }

    private String script(FaultScript script, List<String> words) {
        boolean nth = words.get(0).equals("nth");
        int number = nth ? Integer.parseInt(words.get(1)) : 1;
        if (words.get(0).equals("clear")) {
            script.clear();
            return "";
        }
        List<String> rest = words.subList(nth ? 2 : 1, words.size());
        boolean forAll = rest.size() < 2 || FaultParser.knows(rest.get(0));
        if (!forAll && !this.server.knows(rest.get(0))) {
            throw new IllegalArgumentException("command: " + rest.get(0) + " (expected: one that clients can send)");
        }
        Fault fault = FaultParser.parse(forAll ? rest : rest.subList(1, rest.size()));
        switch (words.get(0)) {
            case "next", "nth" -> {
                if (forAll) {
                    script.nth(number, fault);
                }
                else {
                    script.nth(rest.get(0), number, fault);
                }
            }
            case "always" -> {
                if (forAll) {
                    script.always(fault);
                }
                else {
                    script.always(rest.get(0), fault);
                }
            }
            default ->
                throw new IllegalArgumentException("when: " + words.get(0) + " (expected: next, nth, always or clear)");
        }
        return "";
    }

    private ClientConnection find(long id) {
        return this.server.connections()
            .stream()
            .filter((connection) -> connection.id() == id)
            .findAny()
            .orElseThrow(() -> new IllegalArgumentException("connection: " + id + " (expected: an open one)"));
    }

    private String connection(ClientConnection connection, List<String> words) {
        switch (words.get(0)) {
            case "close" -> connection.close();
            case "reset" -> connection.reset();
            case "half-close" -> connection.halfClose();
            case "freeze" -> connection.freeze();
            case "thaw" -> connection.thaw();
            default -> {
                return script(connection.faults(), words);
            }
        }
        return "";
    }

    private static String lines(List<?> things) {
        return things.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }

}
