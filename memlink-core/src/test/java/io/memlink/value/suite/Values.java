package io.memlink.value.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * All values of the suite.
 */
final class Values {

    /** What is trusted when they are written and read. */
    static final List<String> TRUSTED = List.of("io.memlink.value.suite.shop");

    private Values() {
    }

    static List<ValueCase> all() {
        List<ValueCase> all = new ArrayList<>();
        ApplicationValues.addTo(new ValueCase.Kind("application", all::add));
        InheritingValues.addTo(new ValueCase.Kind("inheritance", all::add));
        GraphValues.addTo(new ValueCase.Kind("graph", all::add));
        CollectionValues.addTo(new ValueCase.Kind("collection", all::add));
        ViewValues.addTo(new ValueCase.Kind("view", all::add));
        SortedValues.addTo(new ValueCase.Kind("sorted", all::add));
        MapValues.addTo(new ValueCase.Kind("map", all::add));
        ScalarValues.addTo(new ValueCase.Kind("scalar", all::add));
        TimeValues.addTo(new ValueCase.Kind("time", all::add));
        ArrayValues.addTo(new ValueCase.Kind("array", all::add));
        PlatformValues.addTo(new ValueCase.Kind("platform", all::add));
        LibraryValues.addTo(new ValueCase.Kind("library", all::add));
        UnfitValues.addTo(new ValueCase.Kind("unfit", all::add));
        return all;
    }

}
