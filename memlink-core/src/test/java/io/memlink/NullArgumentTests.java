package io.memlink;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.Failover;
import io.memlink.cluster.KeyRoute;
import io.memlink.cluster.Membership;
import io.memlink.cluster.RequestObserver;
import io.memlink.discovery.Discovery;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.Link;
import io.memlink.link.LinkListener;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.link.Request;
import io.memlink.link.tls.TlsOptions;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.loading.Loads;
import io.memlink.loading.UnleasedItems;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import io.memlink.meta.classic.ClusterConfig;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.meta.classic.ServerCommands;
import io.memlink.micrometer.MemlinkMetrics;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import io.memlink.transcoder.Compression;
import io.memlink.transcoder.JdkTranscoder;
import io.memlink.transcoder.ValueDescription;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Gives {@code null} to each parameter of the public interface that does not allow it:
 * the caller is told which one it was, before anything is done. A new method is tested as
 * soon as it exists; a new type with methods needs a subject below.
 */
class NullArgumentTests {

    /** The exported packages whose types users call, rather than implement. */
    private static final List<String> PACKAGES = List.of("io.memlink", "io.memlink.cluster", "io.memlink.discovery",
            "io.memlink.link", "io.memlink.link.tls", "io.memlink.loading", "io.memlink.meta",
            "io.memlink.meta.classic", "io.memlink.micrometer", "io.memlink.placement", "io.memlink.transcoder");

    /** Implemented by users or by Memlink, and called by Memlink alone. */
    private static final Set<Class<?>> CALLED_BY_MEMLINK = Set.of(ClusterListener.class, LinkListener.class,
            RequestObserver.class, Protocol.class, Request.class, Request.Decoder.class, Discovery.class,
            Discovery.Factory.class, NodeLocator.class, NodeLocator.Factory.class, Link.class, MetaRequest.class,
            Compression.class, Transcoder.class);

    /** Made by Memlink, for users to read. */
    private static final Set<Class<?>> RESULTS = Set.of(BackendStatus.class, KeyRoute.class, Loaded.class,
            ClusterConfig.class, ClusterConfig.Node.class, ServerCommands.DumpedItem.class, ValueDescription.class);

    /** For the client of this module, and out of reach of others. */
    private static final Set<Class<?>> FOR_OTHER_ROOMS = Set.of(Loads.class, Loads.Coding.class, Loads.Rules.class,
            UnleasedItems.class, UnleasedItems.Initial.class);

    /** Written to and read from by requests alone, on the event loop. */
    private static final Set<String> ON_THE_EVENT_LOOP = Set.of("RequestWriter", "ReplyReader",
            "MemlinkObservationConvention");

    private static final LinkResources RESOURCES = new LinkResources(1, 1024 * 1024);

    private static final MemlinkClient CLIENT = MemlinkClient.builder().backends("127.0.0.1:1").build();

    private static final ConnectionPool POOL = new ConnectionPool(new Endpoint("127.0.0.1", 1),
            new MemcachedProtocol(null), LinkOptions.builder().build(), RESOURCES);

    private static final Backend BACKEND = Backend.of("127.0.0.1", 1);

    private static final Key KEY = Key.of("key");

    private static final List<Object> SUBJECTS = List.of(CLIENT, CLIENT.blocking(), CLIENT.membership(),
            MemlinkClient.builder(), LinkOptions.builder(), LinkOptions.builder().build(), RESOURCES,
            TlsOptions.builder(), LoadPolicy.builder(), MetaGet.builder(KEY), MetaSet.builder(KEY, new byte[0]),
            MetaDelete.builder(KEY), MetaArithmetic.builder(KEY), MetaGet.value(KEY), new MemlinkMetrics(),
            Transcoder.bytes(), NodeLocator.rendezvous(), new MemcachedProtocol(null), POOL, CLIENT.copies("key", 1),
            Failover.none());

    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(Map.entry(String.class, "name"),
            Map.entry(byte[].class, new byte[] { 1 }), Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Instant.class, Instant.EPOCH), Map.entry(Expiration.class, Expiration.never()),
            Map.entry(Key.class, KEY), Map.entry(Backend.class, BACKEND), Map.entry(Path.class, Path.of("none")),
            Map.entry(Endpoint.class, new Endpoint("127.0.0.1", 1)),
            Map.entry(LinkOptions.class, LinkOptions.builder().build()), Map.entry(LinkResources.class, RESOURCES),
            Map.entry(LoadPolicy.class, LoadPolicy.builder().build()), Map.entry(Failover.class, Failover.none()),
            Map.entry(EncodedValue.class, new EncodedValue(new byte[0], 0)), Map.entry(MemlinkClient.class, CLIENT),
            Map.entry(MeterRegistry.class, new SimpleMeterRegistry()), Map.entry(Object.class, new byte[] { 1 }),
            Map.entry(MetaRequest.class, MetaGet.value(KEY)), Map.entry(Throwable.class, new RuntimeException()),
            Map.entry(ClassLoader.class, NullArgumentTests.class.getClassLoader()),
            Map.entry(JdkTranscoder.class, new JdkTranscoder("java.util.*", ClassLoader.getSystemClassLoader())),
            Map.entry(Compression.InflationLimit.class, Compression.InflationLimit.DEFAULT),
            Map.entry(Map.class, Map.of()), Map.entry(Set.class, Set.of()), Map.entry(Iterable.class, List.of()),
            Map.entry(MemlinkException.class, new MemlinkClosedException(Outcome.NOT_SENT, "closed", null)));

    @AfterAll
    static void close() {
        CLIENT.close();
        POOL.close(Duration.ZERO).join();
        RESOURCES.close();
    }

    @TestFactory
    Stream<DynamicTest> aMissingArgumentIsNamed() {
        return types().flatMap((type) -> executables(type).flatMap((executable) -> parameters(executable)
            .map((index) -> DynamicTest.dynamicTest(name(executable, index), () -> giveNull(executable, index)))));
    }

    private static Stream<Class<?>> types() {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.memlink")
            .stream()
            .filter((type) -> PACKAGES.contains(type.getPackageName()))
            .<Class<?>>map(JavaClass::reflect)
            .filter((type) -> isVisible(type) && !FOR_OTHER_ROOMS.contains(type));
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isVisible(outer));
    }

    private static Stream<Executable> executables(Class<?> type) {
        Stream<Executable> constructors = Arrays.stream(type.getConstructors());
        if (Modifier.isAbstract(type.getModifiers()) || RESULTS.contains(type)) {
            constructors = Stream.empty();
        }
        return Stream.concat(constructors, Arrays.stream(type.getMethods()).filter((method) -> isTested(type, method)));
    }

    private static boolean isTested(Class<?> type, Method method) {
        if (method.getDeclaringClass() != type && isVisible(method.getDeclaringClass())) {
            return false;
        }
        if (method.isBridge() || method.isSynthetic() || method.getDeclaringClass() == Object.class
                || !method.getDeclaringClass().getName().startsWith("io.memlink")) {
            return false;
        }
        if (Modifier.isStatic(method.getModifiers())) {
            return method.getDeclaringClass() == type && !type.isEnum();
        }
        boolean called = Stream.concat(Stream.of(type), superTypes(type))
            .filter(CALLED_BY_MEMLINK::contains)
            .anyMatch((caller) -> declares(caller, method));
        return !called && !method.getName().equals("equals") && !ON_THE_EVENT_LOOP.contains(type.getSimpleName());
    }

    private static Stream<Class<?>> superTypes(Class<?> type) {
        Stream<Class<?>> direct = Stream.concat(Arrays.stream(type.getInterfaces()),
                Stream.<Class<?>>ofNullable(type.getSuperclass()));
        return direct.flatMap((above) -> Stream.concat(Stream.of(above), superTypes(above)));
    }

    private static boolean declares(Class<?> type, Method method) {
        return Arrays.stream(type.getMethods())
            .anyMatch((other) -> other.getName().equals(method.getName())
                    && other.getParameterCount() == method.getParameterCount());
    }

    private static Stream<Integer> parameters(Executable executable) {
        return Stream.iterate(0, (index) -> index < executable.getParameterCount(), (index) -> index + 1)
            .filter((index) -> !allowsNull(executable, index));
    }

    private static boolean allowsNull(Executable executable, int index) {
        Parameter parameter = executable.getParameters()[index];
        if (parameter.getType().isPrimitive() || isNullable(parameter.getAnnotatedType())) {
            return true;
        }
        // A record repeats in its constructor what it says of its components.
        Class<?> type = executable.getDeclaringClass();
        return executable instanceof Constructor<?> && type.isRecord()
                && executable.getParameterCount() == type.getRecordComponents().length
                && isNullable(type.getRecordComponents()[index].getAnnotatedType());
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static String name(Executable executable, int index) {
        return executable.getDeclaringClass().getName().substring("io.memlink.".length()) + "."
                + (executable instanceof Constructor<?> ? "new" : executable.getName())
                + Arrays.stream(executable.getParameterTypes()).map(Class::getSimpleName).toList() + ": "
                + executable.getParameters()[index].getName();
    }

    private static void giveNull(Executable executable, int index) throws ReflectiveOperationException {
        Parameter[] parameters = executable.getParameters();
        @Nullable Object[] arguments = new @Nullable Object[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = (i == index) ? null : sample(parameters[i].getType(), parameters[i].getParameterizedType());
        }
        if (executable.getName().equals("named") && index > 0) {
            arguments[0] = "dns";
        }
        Throwable refusal = refusal(executable, arguments);
        assertThat(refusal).isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
        String message = String.valueOf((refusal != null) ? refusal.getMessage() : null);
        assertThat(message.split("[: ]", 2)[0]).as("what the message names: %s", message)
            .isIn(names(executable, parameters[index]));
    }

    /** A setting is named by its method; what is made of one argument by its type. */
    private static Set<String> names(Executable executable, Parameter parameter) {
        String type = executable.getDeclaringClass().getSimpleName().toLowerCase(Locale.ROOT);
        Set<String> names = new HashSet<>(List.of(parameter.getName(), type, executable.getName()));
        if (executable.getDeclaringClass() == Membership.class) {
            names.add("backend");
        }
        if (parameter.getName().equals("interval")) {
            names.add("discoveryInterval");
        }
        return names;
    }

    private static @Nullable Throwable refusal(Executable executable, @Nullable Object[] arguments)
            throws ReflectiveOperationException {
        try {
            if (executable instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            }
            else {
                Method method = (Method) executable;
                method.setAccessible(true);
                method.invoke(subject(method), arguments);
            }
        }
        catch (InvocationTargetException ex) {
            return ex.getCause();
        }
        return fail("Null was taken");
    }

    private static @Nullable Object subject(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return null;
        }
        Predicate<Object> has = method.getDeclaringClass()::isInstance;
        return SUBJECTS.stream()
            .filter(has)
            .findFirst()
            .orElseThrow(() -> new AssertionError("Add a subject of " + method.getDeclaringClass()));
    }

    private static Object sample(Class<?> type, Type generic) {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray() && type != byte[].class) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, sample(type.getComponentType(), type.getComponentType()));
            return array;
        }
        if (type == List.class || type == Collection.class) {
            String text = generic.getTypeName();
            return List.of(text.contains("Backend") ? BACKEND
                    : text.contains("Key>") ? KEY : text.contains("MetaRequest") ? MetaGet.value(KEY) : "name");
        }
        Object sample = SAMPLES.get(type);
        if (sample == null && type.isInterface() && !type.isSealed()) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                    (proxy, method, arguments) -> method.getName().equals("hashCode") ? 1 : null);
        }
        if (sample == null) {
            throw new AssertionError("Add a sample of " + type);
        }
        return sample;
    }

}
