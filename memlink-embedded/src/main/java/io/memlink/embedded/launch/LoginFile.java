package io.memlink.embedded.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the file with those who may log in. One that lets nobody in is refused: a server
 * without users asks for no login at all.
 */
final class LoginFile {

    private LoginFile() {
    }

    /**
     * Reads users and passwords.
     */
    static Map<String, String> read(Path file) throws IOException {
        Map<String, String> users = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            if (!line.isBlank()) {
                require(colon > 0 && line.lastIndexOf(' ', colon) < 0, file + ", line " + (i + 1));
                users.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        require(!users.isEmpty(), file.toString());
        return users;
    }

    private static void require(boolean valid, String where) {
        if (!valid) {
            throw new IllegalArgumentException("--auth-file: " + where + " (expected: lines of user:password)");
        }
    }

}
