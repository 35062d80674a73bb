package io.memlink.spring.boot.autoconfigure.template;

import java.util.List;
import java.util.Set;

import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.spring.TranscoderSettings.Profile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the serialization of values.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink.serialization")
public class MemlinkSerializationProperties {

    /**
     * Client whose layout of values is used. The layouts of other clients are meant for
     * caches that are shared with them.
     */
    private Profile profile = Profile.NATIVE;

    /**
     * Format of values other than bytes, text and whole numbers.
     */
    private Format format = Format.TYPED;

    /**
     * Comma-separated list of other formats that are read, while a cache changes from one
     * format to another. By default none.
     */
    private Set<Format> alsoRead = Set.of();

    /**
     * Comma-separated list of packages whose types are written and read, in addition to
     * those of the application.
     */
    private List<String> trustedPackages = List.of();

    /**
     * Classes that JDK serialization may read, as a pattern of java.io.ObjectInputFilter.
     * Required by the format jdk. Without it, the layouts of other clients support no
     * serialized objects.
     */
    private @Nullable String jdkFilter;

    /**
     * Whether values whose type the caller declares are written as JSON without it. Such
     * values are not found by callers that declare no type.
     */
    private boolean declaredTypes;

    public Profile getProfile() {
        return this.profile;
    }

    public void setProfile(Profile profile) {
        this.profile = profile;
    }

    public Format getFormat() {
        return this.format;
    }

    public void setFormat(Format format) {
        this.format = format;
    }

    public Set<Format> getAlsoRead() {
        return this.alsoRead;
    }

    public void setAlsoRead(Set<Format> alsoRead) {
        this.alsoRead = alsoRead;
    }

    public boolean isDeclaredTypes() {
        return this.declaredTypes;
    }

    public void setDeclaredTypes(boolean declaredTypes) {
        this.declaredTypes = declaredTypes;
    }

    public List<String> getTrustedPackages() {
        return this.trustedPackages;
    }

    public void setTrustedPackages(List<String> trustedPackages) {
        this.trustedPackages = trustedPackages;
    }

    public @Nullable String getJdkFilter() {
        return this.jdkFilter;
    }

    public void setJdkFilter(@Nullable String jdkFilter) {
        this.jdkFilter = jdkFilter;
    }

}
