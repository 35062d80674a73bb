package io.memlink.spring;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.ClassNameIdResolver;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;

/**
 * Validator of the types that JSON may name. Immutable.
 */
final class TrustedTypes extends PolymorphicTypeValidator.Base {

    private static final long serialVersionUID = 1L;

    /** One by one: the constructor of {@code java.util.Formatter} empties a file. */
    private static final Set<String> VALUES_OF_THE_JDK = Stream
        .of(names("java.lang.", "Object Number Boolean Byte Character Short Integer Long Float Double String"),
                names("java.math.", "BigInteger BigDecimal"), names("java.net.", "URI"),
                names("java.sql.", "Date Time Timestamp"),
                names("java.util.",
                        "Collection List Set Map Queue Deque SortedSet SortedMap NavigableSet NavigableMap"),
                names("java.util.", "ArrayList LinkedList Vector Stack ArrayDeque PriorityQueue Arrays$ArrayList"),
                names("java.util.", "HashSet LinkedHashSet TreeSet EnumSet BitSet Hashtable Properties"),
                names("java.util.", "HashMap LinkedHashMap TreeMap EnumMap WeakHashMap IdentityHashMap"),
                names("java.util.", "UUID Locale Currency Date Calendar GregorianCalendar TimeZone SimpleTimeZone"),
                names("java.util.", "Optional OptionalInt OptionalLong OptionalDouble"),
                names("java.util.concurrent.", "ConcurrentHashMap ConcurrentSkipListMap ConcurrentSkipListSet"),
                names("java.util.concurrent.", "CopyOnWriteArrayList CopyOnWriteArraySet ConcurrentLinkedQueue"),
                names("java.util.concurrent.", "ConcurrentLinkedDeque ConcurrentHashMap$KeySetView TimeUnit"),
                names("java.util.concurrent.atomic.", "AtomicBoolean AtomicInteger AtomicLong AtomicReference"))
        .flatMap((names) -> names)
        .collect(Collectors.toUnmodifiableSet());

    private static final List<String> PREFIXES_OF_THE_JDK = List.of("java.time.", "java.util.Collections$",
            "java.util.ImmutableCollections$");

    private static final String PRIMITIVES = "ZBCSIJFD";

    private final String[] prefixes;

    TrustedTypes(Collection<String> packages) {
        Stream<String> trusted = packages.stream().map((name) -> requireName(name) + ".");
        this.prefixes = Stream.concat(PREFIXES_OF_THE_JDK.stream(), trusted).toArray(String[]::new);
    }

    private static Stream<String> names(String prefix, String simpleNames) {
        return Arrays.stream(simpleNames.split(" ")).map(prefix::concat);
    }

    private static String requireName(String name) {
        if (!name.matches("[\\w$]+(\\.[\\w$]+)*")) {
            throw new IllegalArgumentException("trustedPackages: \"" + name + "\" (expected: the name of a package)");
        }
        return name;
    }

    @Override
    public Validity validateSubClassName(DatabindContext context, JavaType baseType, String className) {
        return isTrusted(className) ? Validity.ALLOWED : Validity.DENIED;
    }

    /** Returns a class that the name of a type has in it and that is not trusted. */
    private Optional<String> untrustedIn(String type) {
        return Arrays.stream(type.split("[<>,]")).filter((name) -> !isTrusted(name)).findFirst();
    }

    /** Returns whether a type is trusted with all that its name has in it. */
    boolean isWholly(String type) {
        return untrustedIn(type).isEmpty();
    }

    private boolean isTrusted(String className) {
        int dimensions = className.lastIndexOf('[') + 1;
        String element = className.substring(dimensions);
        if (dimensions > 0 && element.length() == 1) {
            return PRIMITIVES.contains(element);
        }
        boolean array = dimensions > 0 && element.startsWith("L") && element.endsWith(";");
        String name = array ? element.substring(1, element.length() - 1) : element;
        return VALUES_OF_THE_JDK.contains(name) || Arrays.stream(this.prefixes).anyMatch(name::startsWith);
    }

    /**
     * Source of type ids that are checked as a whole before any class in them is loaded:
     * Jackson asks for the class before the type arguments only, and initializes those of
     * sets and maps of enums.
     */
    static final class Ids extends DefaultTypeResolverBuilder {

        private static final long serialVersionUID = 1L;

        private final TrustedTypes trusted;

        Ids(TrustedTypes trusted) {
            super(trusted, DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY);
            this.trusted = trusted;
        }

        @Override
        public DefaultTypeResolverBuilder withDefaultImpl(Class<?> type) {
            return this;
        }

        @Override
        protected TypeIdResolver idResolver(DatabindContext context, JavaType baseType,
                PolymorphicTypeValidator validator, Collection<NamedType> subtypes, boolean write, boolean read) {
            return new ClassNameIdResolver(baseType, subtypes, validator) {

                @Override
                public JavaType typeFromId(DatabindContext reader, String id) {
                    Optional<String> untrusted = Ids.this.trusted.untrustedIn(id);
                    if (untrusted.isPresent()) {
                        throw ((DeserializationContext) reader).invalidTypeIdException(baseType, untrusted.get(),
                                "not trusted");
                    }
                    try {
                        return super.typeFromId(reader, id);
                    }
                    catch (IllegalArgumentException ex) {
                        // An argument of a generic type that is gone.
                        throw ((DeserializationContext) reader).invalidTypeIdException(baseType, id, "not there");
                    }
                }

            };
        }

    }

}
