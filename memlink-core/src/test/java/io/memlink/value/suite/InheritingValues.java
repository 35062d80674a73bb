package io.memlink.value.suite;

import java.util.ArrayList;
import java.util.List;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Extended;
import io.memlink.value.suite.shop.OwnForms;
import io.memlink.value.suite.shop.Records;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Classes that extend others, and classes with a serial form of their own.
 */
final class InheritingValues {

    private InheritingValues() {
    }

    static void addTo(ValueCase.Kind values) {
        hierarchies(values);
        extensions(values);
        ownForms(values);
    }

    private static void hierarchies(ValueCase.Kind values) {
        values.add("same field in parent and child", () -> new Beans.Child("p", 3, "c"));
        values.add("same field in three classes", () -> new Beans.Grandchild("p", 3, "c", 5L));
        values.add("same field in three classes, nulls", () -> new Beans.Grandchild(null, 0, null, null));
        values.add("parent that is not Serializable", Beans.SerializableChild::make);
        values.add("abstract parent", () -> new Beans.Concrete("b", "o"));
        values.add("generic parent", () -> new Beans.OfLong(5L));
        values.add("parent and child in one list", () -> new ArrayList<>(
                List.of(new Beans.Child("p", 3, "c"), new Beans.Parent("q", 4), new Beans.Child("r", 5, "d"))));
    }

    private static void extensions(ValueCase.Kind values) {
        values.add("extends ArrayList, with a field", () -> {
            Extended.Names names = new Extended.Names();
            names.add("a");
            names.label = "x";
            return names;
        });
        values.add("extends ArrayList, adds nothing", () -> {
            Extended.JustList list = new Extended.JustList();
            list.add("a");
            return list;
        });
        values.add("extends HashMap, with a field", () -> {
            Extended.Counts counts = new Extended.Counts();
            counts.put("a", 1);
            counts.label = "x";
            return counts;
        });
        values.add("extends LinkedHashMap, forgets the eldest", () -> {
            Extended.Recent recent = new Extended.Recent();
            recent.put("a", 1);
            return recent;
        });
        values.add("extends TreeMap", () -> {
            Extended.CaseBlind map = new Extended.CaseBlind();
            map.put("A", 1);
            return map;
        });
        values.add("extends HashSet", () -> {
            Extended.Letters letters = new Extended.Letters();
            letters.add('a');
            return letters;
        });
        values.add("extends EnumMap", Extended.Colours::new);
        values.add("extends Date", () -> {
            Extended.Moment moment = new Extended.Moment(12345);
            moment.label = "x";
            return moment;
        });
        values.add("extends BigDecimal", () -> box(new Extended.Price("1.50")));
        values.add("extends BigInteger", () -> box(new Extended.Count("150")));
        values.add("extends Number", () -> box(new Extended.Distance(1.5)));
        values.add("extends RuntimeException", () -> new Extended.Failure("m", 5));
        values.add("extends AbstractList", () -> new Extended.Range(1, 4));
        values.add("extends AbstractMap", Extended.OneEntry::new);
        values.add("extends Thread", () -> box(new Extended.OwnThread()));
        values.add("extends ClassLoader", () -> box(new Extended.OwnLoader()));
        values.add("implements Map.Entry", () -> new Extended.Holder("k", 1L));
        values.add("record implements Iterable", () -> new Extended.Page<>(List.of(1L), 1, 50));
        values.add("record implements Iterator", () -> new Extended.PairIterator(1, 2, new int[] { 1 }));
        values.add("record implements CharSequence", () -> new Extended.Text("text"));
    }

    private static void ownForms(ValueCase.Kind values) {
        values.add("writeObject and readObject", () -> new OwnForms.Money("12.50"));
        values.add("readResolve", () -> box(OwnForms.Only.INSTANCE),
                (box) -> ((Records.Box<?>) box).content() == OwnForms.Only.INSTANCE);
        values.add("writeReplace", OwnForms.Replaced::new);
        values.add("Externalizable", () -> new OwnForms.External("t"));
        values.add("readObject only checks", OwnForms.Checking::new);
        values.add("serialPersistentFields", OwnForms.Persistent::new);
        values.add("readResolve in the parent", OwnForms.InheritsResolve::new);
        values.add("writeObject in the parent", OwnForms.InheritsWrite::new);
        values.add("record with writeReplace", () -> new OwnForms.Sealed("t"));
        values.add("another method named readResolve", OwnForms.NotReally::new);
        values.add("own form in a record in a list",
                () -> new ArrayList<>(List.of(new Records.Box<Object>(new OwnForms.Money("1")))));
    }

}
