package io.memlink.value.suite;

/**
 * What becomes of values when classes change. Started by hand, prints the table as it is
 * now, for one subject by name.
 */
final class ClassChangeTable {

    private ClassChangeTable() {
    }

    static String line(Subject subject, ClassChange change) {
        ClassChangeTrial trial = new ClassChangeTrial(change);
        String forwards = trial.forwards(subject);
        String backwards = (change.expect() == ClassChange.Expect.FORWARD) ? "-" : trial.backwards(subject);
        return String.format("%-7s %-7s %s", forwards, backwards, change.name());
    }

    public static void main(String[] args) {
        Subject subject = Subject.named(args[0]);
        ClassChanges.all().forEach((each) -> System.out.println(line(subject, each)));
    }

}
