package io.memlink.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the mutants to the sources, the tests and the page: {@code scripts/mutants} runs
 * seldom, and each of them fits nevertheless.
 */
class MutantTests {

    @Test
    void eachFitsItsSourceInOnePlace() throws IOException {
        assertThat(Mutant.all()).hasSizeGreaterThanOrEqualTo(30).allSatisfy((mutant) -> {
            assertThat(mutant.places()).as("places of %s in %s", mutant.name(), mutant.file()).isEqualTo(1);
            assertThat(mutant.sabotaged()).as(mutant.name()).isNotEqualTo(mutant.source());
        });
    }

    @Test
    void theTestsThatAreNamedExist() throws IOException {
        for (Mutant mutant : Mutant.all()) {
            assertThat(mutant.tests()).as(mutant.name()).isNotEmpty();
            for (String test : mutant.tests()) {
                String text = Files.readString(mutant.testFile(test));
                if (test.contains("#")) {
                    assertThat(text).as(test).contains("void " + test.substring(test.indexOf('#') + 1) + "(");
                }
            }
        }
    }

    @Test
    void thePageTellsWhoNoticesEach() throws IOException {
        List<Mutant> mutants = Mutant.all();
        Map<String, MutantTable.Row> rows = MutantTable.read().rows();
        assertThat(rows.keySet()).containsExactlyElementsOf(mutants.stream().map(Mutant::name).toList());
        for (Mutant mutant : mutants) {
            MutantTable.Row row = rows.get(mutant.name());
            assertThat(row.promise()).isEqualTo(mutant.promise());
            assertThat(row.test()).as(mutant.name()).isNotEmpty();
            assertThat(Double.parseDouble(row.seconds())).as(mutant.name()).isLessThan(60);
        }
    }

}
