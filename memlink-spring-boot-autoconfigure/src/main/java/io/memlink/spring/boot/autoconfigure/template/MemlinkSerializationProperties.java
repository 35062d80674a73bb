package io.memlink.spring.boot.autoconfigure.template;

import java.util.List;

import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.spring.TranscoderSettings.Profile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How objects become bytes.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink.serialization")
public class MemlinkSerializationProperties {

    /**
     * Whose layout values have. Those of other clients are for a cache that is shared
     * with them.
     */
    private Profile profile = Profile.NATIVE;

    /**
     * How objects are written that are not bytes, text or whole numbers.
     */
    private Format format = Format.JSON;

    /**
     * Comma-separated list of packages whose types may be read from JSON, besides those
     * of the application.
     */
    private List<String> trustedPackages = List.of();

    /**
     * Classes that JDK serialization may read, as a pattern of java.io.ObjectInputFilter.
     * Required with the format jdk; without it, the layouts of other clients have no
     * serialized objects.
     */
    private @Nullable String jdkFilter;

    /**
     * Whether values whose type the caller names are written as JSON without it. They are
     * then not found by callers that name no type.
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
