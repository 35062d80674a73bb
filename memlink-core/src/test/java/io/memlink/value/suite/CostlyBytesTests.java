package io.memlink.value.suite;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values of few bytes that could cost much: each is refused or brought back, at a cost
 * that is in proportion to its bytes. The stack of the threads is small.
 */
class CostlyBytesTests {

    @TestFactory
    Stream<DynamicTest> valuesAreRefusedOrReadInProportionToTheirBytes() {
        return Stream.of(Subject.FORMAT, Subject.JDK)
            .flatMap((subject) -> CostlyValues.all()
                .entrySet()
                .stream()
                .map((each) -> DynamicTest.dynamicTest(subject.name() + ": " + each.getKey(),
                        () -> assertThat(List.of(CostlyTrial.READ, CostlyTrial.REFUSED, CostlyTrial.MISS))
                            .contains(CostlyTrial.of(subject, each.getValue())))));
    }

}
