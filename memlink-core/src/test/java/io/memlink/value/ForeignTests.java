package io.memlink.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import kotlin.collections.CollectionsKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Stand-ins of the libraries, which have their names and nothing else. */
class ForeignTests {

    private static final CompiledClasses LIBRARIES = CompiledClasses.of(Map.of("org.hibernate.proxy.HibernateProxy",
            "package org.hibernate.proxy; public interface HibernateProxy { "
                    + "LazyInitializer getHibernateLazyInitializer(); }",
            "org.hibernate.proxy.LazyInitializer",
            "package org.hibernate.proxy; public interface LazyInitializer { boolean isUninitialized(); "
                    + "Object getImplementation(); }",
            "org.hibernate.collection.spi.PersistentCollection",
            "package org.hibernate.collection.spi; public interface PersistentCollection<E> { "
                    + "boolean wasInitialized(); }",
            "org.hibernate.engine.spi.PersistentAttributeInterceptable",
            "package org.hibernate.engine.spi; public interface PersistentAttributeInterceptable { "
                    + "Object $$_hibernate_getInterceptor(); }",
            "org.hibernate.collection.spi.Bag",
            "package org.hibernate.collection.spi; import java.util.*; public class Bag { "
                    + "static class L extends AbstractList<Object> implements PersistentCollection<Object> { "
                    + "boolean w; L(boolean w) { this.w = w; } public boolean wasInitialized() { return w; } "
                    + "public Object get(int i) { return \"a\"; } public int size() { return 2; } } "
                    + "static class S extends HashSet<Object> implements PersistentCollection<Object> { "
                    + "public boolean wasInitialized() { return true; } } "
                    + "static class T extends TreeSet<Object> implements PersistentCollection<Object> { "
                    + "public boolean wasInitialized() { return true; } } "
                    + "static class M extends HashMap<Object, Object> implements PersistentCollection<Object> { "
                    + "public boolean wasInitialized() { return true; } } "
                    + "static class N extends TreeMap<Object, Object> implements PersistentCollection<Object> { "
                    + "public boolean wasInitialized() { return true; } } "
                    + "public static Object make() { S s = new S(); s.add(1); T t = new T(); t.add(1); M m = new M(); "
                    + "m.put(1, 2); N n = new N(); n.put(1, 2); "
                    + "return new ArrayList<>(List.of(new L(true), s, t, m, n)); } "
                    + "public static Object lazy() { return new ArrayList<>(List.of(new L(false))); } }",
            "com.acme.Entity",
            "package com.acme; import java.util.*; import org.hibernate.proxy.*; public class Entity { "
                    + "public String name = \"n\"; public static class Enhanced extends Entity implements "
                    + "org.hibernate.engine.spi.PersistentAttributeInterceptable { Object i; public Object "
                    + "$$_hibernate_getInterceptor() { return i; } } "
                    + "static class Proxy extends Entity implements HibernateProxy { Entity target; "
                    + "Proxy(Entity target) { this.target = target; } "
                    + "public LazyInitializer getHibernateLazyInitializer() { return new LazyInitializer() { "
                    + "public boolean isUninitialized() { return target == null; } "
                    + "public Object getImplementation() { return target; } }; } } "
                    + "public static Object make() { Entity e = new Entity(); return new ArrayList<>(List.of(new "
                    + "Proxy(e), e, new Proxy(e))); } public static Object lazy() { return new Proxy(null); } "
                    + "public static Object enhanced() { return new Enhanced(); } "
                    + "public static Object partly() { Enhanced e = new Enhanced(); e.i = 1; return e; } }"));

    private final ValueFormat format = ValueFormat.of(LIBRARIES, TrustedClasses.of("com.acme"));

    private static Object call(String type, String method) throws ReflectiveOperationException {
        return LIBRARIES.loadClass(type).getMethod(method).invoke(null);
    }

    @Test
    void proxiesOfWhatIsLoadedAreUnwrapped() throws ReflectiveOperationException {
        List<?> back = (List<?>) this.format.decode(this.format.encode(call("com.acme.Entity", "make")));
        assertThat(back.get(0).getClass().getName()).isEqualTo("com.acme.Entity");
        assertThat(back.get(1)).isSameAs(back.get(0));
        assertThat(back.get(2)).isSameAs(back.get(0));
    }

    @Test
    void collectionsThatAreLoadedComeBackAsOrdinaryOnes() throws ReflectiveOperationException {
        List<?> back = (List<?>) this.format
            .decode(this.format.encode(call("org.hibernate.collection.spi.Bag", "make")));
        assertThat(back).isEqualTo(List.of(List.of("a", "a"), Set.of(1), Set.of(1), Map.of(1, 2), Map.of(1, 2)));
        assertThat(back).extracting((each) -> (Object) each.getClass())
            .containsExactly(ArrayList.class, LinkedHashSet.class, TreeSet.class, LinkedHashMap.class, TreeMap.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "com.acme.Entity#lazy", "org.hibernate.collection.spi.Bag#lazy", "com.acme.Entity#partly" })
    void whatIsNotLoadedIsRefused(String maker) throws ReflectiveOperationException {
        Object value = call(maker.substring(0, maker.indexOf('#')), maker.substring(maker.indexOf('#') + 1));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
            .withMessageContaining("loaded")
            .satisfies((ex) -> assertThat(ex.remedy()).contains("loaded before it is cached"));
    }

    @Test
    void entitiesWhoseBytecodeIsEnhancedAreWrittenIfTheyAreLoaded() throws ReflectiveOperationException {
        Object value = call("com.acme.Entity", "enhanced");
        assertThat(this.format.decode(this.format.encode(value))).hasSameClassAs(value);
    }

    @Test
    void emptyCollectionsOfKotlinComeBackAsOrdinaryOnes() {
        Object value = CollectionsKt.emptyList();
        assertThat(this.format.decode(this.format.encode(value))).isEqualTo(List.of());
    }

}
