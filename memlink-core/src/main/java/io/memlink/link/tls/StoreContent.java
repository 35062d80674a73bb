package io.memlink.link.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of the files that keys or certificates are read from: read once, so that what
 * is compared is what is used. Immutable.
 *
 * @param files the content of each file
 */
record StoreContent(List<byte[]> files) {

    static StoreContent read(Path... paths) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(Files.readAllBytes(path));
        }
        return new StoreContent(List.copyOf(files));
    }

    KeyStore keyStore(String type, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(new ByteArrayInputStream(this.files.get(0)), password.toCharArray());
        return store;
    }

    KeyStore pemKeyStore(char[] password) throws GeneralSecurityException, IOException {
        return PemFile.keyStore(this.files.get(0), this.files.get(1), password);
    }

    KeyStore pemTrustStore() throws GeneralSecurityException, IOException {
        return PemFile.trustStore(this.files.get(0));
    }

    /**
     * Returns a digest of the files and of how they are read; nothing can be read from
     * it.
     */
    String digest(String... how) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String word : how) {
            update(digest, word.getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] file : this.files) {
            update(digest, file);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With the length, so that no two lists of parts look alike. */
    private static void update(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
    }

}
