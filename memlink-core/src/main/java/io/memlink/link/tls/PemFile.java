package io.memlink.link.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys in the text form that memcached and OpenSSL use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PemFile {

    private static final Pattern KEY = Pattern
        .compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemFile() {
    }

    /** Returns a store that holds all certificates of a file. */
    static KeyStore trustStore(byte[] file) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        int count = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("certificate-" + count++, certificate);
        }
        if (count == 0) {
            throw new IOException("no certificate in it");
        }
        return store;
    }

    /** Returns a store that holds a key and the certificates that prove it. */
    static KeyStore keyStore(byte[] chain, byte[] key, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry("key", privateKey(key), password, certificates(chain));
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(byte[] file) throws GeneralSecurityException, IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(file);
        return CertificateFactory.getInstance("X.509").generateCertificates(in).toArray(new Certificate[0]);
    }

    private static PrivateKey privateKey(byte[] file) throws GeneralSecurityException, IOException {
        Matcher matcher = KEY.matcher(new String(file, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IOException("no PKCS #8 key without a password (BEGIN PRIVATE KEY) in it");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            }
            catch (InvalidKeySpecException ex) {
                // Another algorithm, which the key names in a part that nobody reads for
                // us.
            }
        }
        throw new IOException("no key of " + ALGORITHMS + " in it");
    }

}
