package io.memlink.value.suite;

import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.value.suite.foreign.Stranger;
import io.memlink.value.suite.shop.Beans;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * What nobody should cache, and what is not trusted.
 */
final class UnfitValues {

    private UnfitValues() {
    }

    static void addTo(ValueCase.Kind values) {
        classes(values);
        machinery(values);
        strangers(values);
    }

    private static void classes(ValueCase.Kind values) {
        values.add("inner class", Beans::inner);
        values.add("anonymous class", Beans::anonymous);
        values.add("local class", Beans::local);
        values.add("local class in a list", () -> new ArrayList<>(List.of(Beans.local())));
        values.add("double brace map", Beans::doubleBrace);
        values.add("lambda", UnfitValues::lambda);
        values.add("lambda in a record", () -> box((Supplier<String> & Serializable) () -> "x"));
        values.add("method reference", () -> box((Function<String, String>) String::trim));
        values.add("lambda in a list in a map", () -> Map.of("k", new ArrayList<>(List.of(lambda()))));
        values.add("JDK proxy", () -> Proxy.newProxyInstance(UnfitValues.class.getClassLoader(),
                new Class<?>[] { Beans.Pet.class }, new Handler()));
        values.add("JDK proxy in a record", () -> box(Proxy.newProxyInstance(UnfitValues.class.getClassLoader(),
                new Class<?>[] { Beans.Pet.class }, new Handler())));
        values.add("JDK proxy of Map", () -> Proxy.newProxyInstance(UnfitValues.class.getClassLoader(),
                new Class<?>[] { Map.class }, new Handler()));
        values.add("bean with a thread", Beans.HoldsThread::new);
    }

    private static void machinery(ValueCase.Kind values) {
        values.add("Thread", () -> box(new Thread("t")));
        values.add("ClassLoader", () -> box(UnfitValues.class.getClassLoader()));
        values.add("InputStream", () -> box(new ByteArrayInputStream(new byte[2])));
        values.add("Stream", () -> Stream.of(1));
        values.add("IntStream in a record", () -> box(IntStream.of(1)));
        values.add("Iterator", () -> box(List.of(1).iterator()));
        values.add("Iterator of a HashMap", () -> new java.util.HashMap<>(Map.of(1, 2)).keySet().iterator());
        values.add("Enumeration", () -> box(new java.util.Vector<>(List.of(1)).elements()));
        values.add("ReentrantLock", () -> box(new ReentrantLock()));
        values.add("CompletableFuture", () -> CompletableFuture.completedFuture(1L));
        values.add("ExecutorService", () -> box(ForkJoinPool.commonPool()));
        values.add("Logger", () -> box(java.util.logging.Logger.getGlobal()));
        values.add("Timer task", () -> box(Thread.currentThread().getStackTrace().getClass()));
        values.add("ServiceLoader", () -> java.util.ServiceLoader.load(Runnable.class));
        values.add("Comparator of the JDK at the root", () -> Comparator.reverseOrder());
        values.add("Comparator CASE_INSENSITIVE in a record", () -> box(String.CASE_INSENSITIVE_ORDER));
    }

    private static void strangers(ValueCase.Kind values) {
        values.add("class that is not trusted", Stranger::new);
        values.add("class that is not trusted, in a record", () -> box(new Stranger()));
        values.add("class that is not trusted, in a list", () -> new ArrayList<>(List.of(new Stranger())));
        values.add("record that is not trusted, as a key", () -> Map.of(new Stranger.Noted("a"), 1));
        values.add("enum that is not trusted", () -> Stranger.Side.LEFT);
        values.add("array of what is not trusted, empty", () -> new Stranger[0]);
        values.add("EnumSet of what is not trusted, empty", () -> java.util.EnumSet.noneOf(Stranger.Side.class));
        values.add("EnumMap of what is not trusted, empty", () -> new java.util.EnumMap<>(Stranger.Side.class));
        values.add("trusted child of a class that is not", io.memlink.value.suite.shop.OfStranger::new);
    }

    static Object lambda() {
        return (Comparator<String> & Serializable) (a, b) -> b.compareTo(a);
    }

    /** Answers everything with the same. */
    static class Handler implements InvocationHandler, Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "hashCode", "size" -> 1;
                case "equals" -> proxy == arguments[0];
                case "isEmpty" -> false;
                case "toString" -> "proxy";
                default -> null;
            };
        }

    }

}
