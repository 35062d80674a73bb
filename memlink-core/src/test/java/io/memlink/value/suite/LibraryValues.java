package io.memlink.value.suite;

import java.util.List;

import kotlin.collections.CollectionsKt;
import kotlin.collections.MapsKt;
import kotlin.collections.SetsKt;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Objects of libraries that are not trusted.
 */
final class LibraryValues {

    private LibraryValues() {
    }

    @SuppressWarnings("unchecked") // arrays of the varargs
    static void addTo(ValueCase.Kind values) {
        values.add("Kotlin, empty list", () -> box(CollectionsKt.emptyList()));
        values.add("Kotlin, empty list at the root", CollectionsKt::emptyList);
        values.add("Kotlin, empty set", () -> box(SetsKt.emptySet()));
        values.add("Kotlin, empty map", () -> box(MapsKt.emptyMap()));
        values.add("Kotlin, listOf and mapOf", () -> box(List.of(CollectionsKt.listOf("a", 2L),
                MapsKt.mapOf(new kotlin.Pair<>(1L, "x"), new kotlin.Pair<>(2L, "y")), SetsKt.setOf("b", "a"))));
        values.add("Kotlin, Pair", () -> new kotlin.Pair<>("a", 1L));
        values.add("Kotlin, Unit", () -> box(kotlin.Unit.INSTANCE));
        values.add("Kotlin, ArrayDeque", () -> new kotlin.collections.ArrayDeque<>(List.of("a")));
        values.add("Kotlin, IntRange", () -> box(new kotlin.ranges.IntRange(1, 5)));
        values.add("Kotlin, reversed view", () -> CollectionsKt.asReversed(new java.util.ArrayList<>(List.of(1, 2))));
        values.add("Kotlin, lazy", () -> box(kotlin.LazyKt.lazy(() -> "x")));
        values.add("Kotlin, builder", () -> CollectionsKt.build(CollectionsKt.createListBuilder()));
    }

}
