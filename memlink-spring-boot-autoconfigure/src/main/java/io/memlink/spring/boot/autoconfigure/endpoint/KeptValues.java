package io.memlink.spring.boot.autoconfigure.endpoint;

import java.util.Set;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.error.MemlinkException;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ValueDescription;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

/**
 * The values of keys, as text, and with their content only for those who may see it.
 *
 * @param showValues when to show the content
 * @param roles who may see it when users are authorized
 */
record KeptValues(Show showValues, Set<String> roles) {

    /** Returns what a key has; {@code null} for nothing, or where that is not known. */
    @Nullable ValueDescription of(MemlinkClient client, String key, SecurityContext securityContext) {
        try {
            EncodedValue value = client.blocking().with(Transcoder.encoded()).get(key);
            boolean shown = this.showValues.isShown(securityContext, this.roles);
            return (value != null) ? ValueDescription.of(value, shown) : null;
        }
        catch (MemlinkException ex) {
            return null;
        }
    }

}
