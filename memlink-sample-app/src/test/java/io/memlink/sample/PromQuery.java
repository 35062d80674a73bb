package io.memlink.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression of Prometheus' query language, as far as the files for operators use it.
 * Refuses characters, functions and brackets that do not belong there. Immutable.
 *
 * @param metrics the names of the metrics it reads
 */
record PromQuery(Set<String> metrics) {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|\"[^\"]*\"|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9.]+[smhd]?|\\$__rate_interval|[=!]~|[=!<>]=|[-+*/<>=,(){}\\[\\]]");

    private static final Set<String> FUNCTIONS = Set.of("sum", "max", "min", "avg", "count", "rate", "increase",
            "last_over_time");

    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset");

    static PromQuery parse(String text) {
        List<String> tokens = tokens(text);
        Set<String> metrics = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if ("({[".contains(token)) {
                boolean labels = token.equals("{") || i > 0 && GROUPINGS.contains(tokens.get(i - 1));
                open.push(labels && token.equals("(") ? "labels" : token);
            }
            else if (")}]".contains(token)) {
                require(!open.isEmpty() && closes(open.pop(), token), text, token);
            }
            else if (Character.isLetter(token.charAt(0)) && !"labels{".contains(String.valueOf(open.peek()))) {
                boolean call = i + 1 < tokens.size() && "(".equals(tokens.get(i + 1));
                if (!GROUPINGS.contains(token) && !OPERATORS.contains(token) && !FUNCTIONS.contains(token)) {
                    require(!call, text, token);
                    metrics.add(token);
                }
            }
        }
        require(open.isEmpty() && !metrics.isEmpty(), text, "its end");
        return new PromQuery(metrics);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            require(matcher.find(end) && matcher.start() == end, text, text.substring(end));
            if (!matcher.group().isBlank()) {
                tokens.add(matcher.group());
            }
            end = matcher.end();
        }
        return tokens;
    }

    private static boolean closes(String open, String token) {
        return switch (open) {
            case "{" -> token.equals("}");
            case "[" -> token.equals("]");
            default -> token.equals(")");
        };
    }

    private static void require(boolean valid, String text, String at) {
        if (!valid) {
            throw new IllegalArgumentException("query: " + text + " (expected: PromQL, but at " + at + ")");
        }
    }

}
