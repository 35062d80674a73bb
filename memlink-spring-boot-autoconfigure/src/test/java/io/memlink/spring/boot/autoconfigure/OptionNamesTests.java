package io.memlink.spring.boot.autoconfigure;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.MemlinkClientBuilder;
import io.memlink.link.LinkOptions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds together what stands three times: an option has the same name among those of
 * connections, on the builder of the client and among the properties.
 */
class OptionNamesTests {

    /** Objects, which are beans or given by a customizer. */
    private static final Set<String> WITHOUT_PROPERTY = Set.of("callbackExecutor", "clusterListener",
            "requestObserver");

    /** What the application does rather than its client. */
    private static final Set<String> OF_THE_APPLICATION = Set.of("failFast");

    /** Groups of properties that are one option. */
    private static final Map<String, String> GROUPS = Map.of("backgroundLoads", "backgroundLoads", "discovery",
            "discovery", "ssl", "tls");

    /** Properties that are named after their group, or that make one option together. */
    private static final Map<String, String> ALIASES = Map.of("pool.size", "poolSize", "username", "credentials",
            "password", "credentials", "failover.mode", "failover", "failover.gutter", "failover",
            "failover.maxTimeToLive", "failover");

    private static Set<String> options(Class<?> builder) {
        return Arrays.stream(builder.getMethods())
            .filter((method) -> method.getReturnType() == builder && !Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> properties() {
        return properties("", MemlinkClientProperties.class).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> properties(String group, Class<?> type) {
        return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
            .filter((property) -> !property.getName().equals("class"))
            .flatMap((property) -> option(group, property));
    }

    private static Stream<String> option(String group, PropertyDescriptor property) {
        String path = group + property.getName();
        if (property.getWriteMethod() == null) {
            return GROUPS.containsKey(path) ? Stream.of(GROUPS.get(path))
                    : properties(path + ".", property.getPropertyType());
        }
        return Stream.of(ALIASES.getOrDefault(path, property.getName()));
    }

    @Test
    void thoseOfConnectionsAreThoseOfTheBuilder() {
        assertThat(options(LinkOptions.Builder.class)).hasSizeGreaterThan(10)
            .isSubsetOf(options(MemlinkClientBuilder.class));
    }

    @Test
    void thoseOfTheBuilderAreThoseOfTheProperties() {
        Set<String> expected = options(MemlinkClientBuilder.class);
        expected.removeAll(WITHOUT_PROPERTY);
        Set<String> actual = properties();
        actual.removeAll(OF_THE_APPLICATION);
        assertThat(actual).hasSizeGreaterThan(20).isEqualTo(expected);
    }

}
