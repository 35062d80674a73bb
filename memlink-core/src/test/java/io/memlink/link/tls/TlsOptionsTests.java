package io.memlink.link.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.memlink.link.tls.engine.TlsMaterials;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options that are read again and again, and are new only where their content is.
 */
class TlsOptionsTests {

    @TempDir
    private Path directory;

    private Path chain;

    private Path key;

    private Path authorities;

    @BeforeEach
    void write() throws Exception {
        X509Bundle bundle = bundle("first");
        this.chain = Files.writeString(this.directory.resolve("chain.pem"), bundle.getCertificatePathPEM());
        this.key = Files.writeString(this.directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
        this.authorities = Files.writeString(this.directory.resolve("ca.pem"), bundle.getCertificatePEM());
    }

    private static X509Bundle bundle(String name) throws Exception {
        return new CertificateBuilder().subject("CN=" + name).setIsCertificateAuthority(true).buildSelfSigned();
    }

    private TlsOptions read() {
        return TlsOptions.builder().keyPem(this.chain, this.key).trustPem(this.authorities).build();
    }

    @Test
    void areEqualWhereTheirContentIs() throws Exception {
        TlsOptions first = read();
        assertThat(read()).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(TlsOptions.builder().build()).isEqualTo(TlsOptions.builder().build()).isNotEqualTo(first);
        assertThat(TlsOptions.builder().verifyHostname(false).build()).isNotEqualTo(TlsOptions.builder().build());
        assertThat(TlsOptions.builder().protocols(List.of("TLSv1.2")).build())
            .isNotEqualTo(TlsOptions.builder().build());
        assertThat(TlsOptions.builder().cipherSuites(List.of("x")).build()).isNotEqualTo(TlsOptions.builder().build());
        Files.writeString(this.authorities, bundle("second").getCertificatePEM());
        assertThat(read()).isNotEqualTo(first);
        assertThat(TlsOptions.builder().keyPem(this.chain, this.key).build())
            .isNotEqualTo(TlsOptions.builder().trustPem(this.chain).build());
    }

    @Test
    void connectionsAreEncryptedAnewOnlyWhereTheContentIsNew() throws Exception {
        Supplier<TlsOptions> source = this::read;
        TlsMaterials materials = new TlsMaterials(source, Runnable::run);
        List<TlsMaterials.Material> read = new ArrayList<>();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        for (int i = 0; i < 3; i++) {
            materials.ask((material, failure) -> {
                read.add(material);
                failed.set(failure);
            });
        }
        assertThat(failed).hasNullValue();
        assertThat(read).hasSize(3).allMatch((material) -> material == materials.latest());
        Files.writeString(this.authorities, bundle("second").getCertificatePEM());
        materials.ask((material, failure) -> read.add(material));
        assertThat(read.get(3)).isNotNull().isNotSameAs(read.get(0)).isSameAs(materials.latest());
    }

}
