package io.memlink.value.suite;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.IsoChronology;
import java.time.chrono.IsoEra;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.SimpleTimeZone;
import java.util.TimeZone;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Dates and times.
 */
final class TimeValues {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private TimeValues() {
    }

    static void addTo(ValueCase.Kind values) {
        modern(values);
        zones(values);
        old(values);
    }

    private static void modern(ValueCase.Kind values) {
        values.add("LocalDate, LocalTime, LocalDateTime", () -> List.of(LocalDate.of(2026, 1, 2),
                LocalTime.of(1, 2, 3, 4), LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6)));
        values.add("extremes of dates", () -> List.of(LocalDate.MIN, LocalDate.MAX, LocalTime.MIN, LocalTime.MAX,
                LocalDateTime.MIN, LocalDateTime.MAX, LocalTime.MIDNIGHT, LocalTime.NOON));
        values.add("Instant, Duration, Period", () -> List.of(Instant.ofEpochSecond(5, 123456789),
                Duration.ofSeconds(-5, 7), Period.of(1, 2, 3), Instant.MAX, Instant.MIN, Instant.EPOCH));
        values.add("extremes of durations", () -> List.of(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MIN_VALUE), Duration.ZERO, Duration.ofNanos(-1)));
        values.add("Period, odd",
                () -> List.of(Period.of(-1, 15, -40), Period.ZERO, Period.of(Integer.MAX_VALUE, Integer.MIN_VALUE, 0)));
        values.add("OffsetDateTime, OffsetTime",
                () -> List.of(OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(5)),
                        OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHoursMinutes(5, 30)), OffsetDateTime.MIN,
                        OffsetDateTime.MAX, OffsetTime.MIN));
        values.add("Year, YearMonth, MonthDay, Month, DayOfWeek", () -> List.of(Year.of(2026), YearMonth.of(2026, 2),
                MonthDay.of(2, 29), Month.MAY, DayOfWeek.FRIDAY, Year.of(-999_999_999), YearMonth.of(999_999_999, 12)));
        values.add("calendars of other countries",
                () -> List.of(JapaneseDate.of(2020, 1, 1), ThaiBuddhistDate.of(2563, 1, 1)));
        values.add("MinguoDate, HijrahDate", () -> List.of(MinguoDate.of(110, 1, 1), HijrahDate.of(1445, 1, 1)));
        values.add("Chronology, Era", () -> box(List.of(IsoChronology.INSTANCE, IsoEra.CE, JapaneseEra.REIWA)));
        values.add("ChronoLocalDateTime", () -> box(JapaneseDate.of(2020, 1, 1).atTime(LocalTime.NOON)));
        values.add("ChronoUnit, ChronoField, WeekFields",
                () -> box(List.of(ChronoUnit.HOURS, ChronoField.HOUR_OF_DAY, WeekFields.ISO)));
        values.add("Clock", () -> box(java.time.Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
        values.add("DateTimeFormatter", () -> box(java.time.format.DateTimeFormatter.ISO_DATE));
    }

    private static void zones(ValueCase.Kind values) {
        values.add("ZonedDateTime, later offset at the overlap",
                () -> ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, BERLIN).withLaterOffsetAtOverlap());
        values.add("ZonedDateTime, earlier offset at the overlap",
                () -> ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, BERLIN).withEarlierOffsetAtOverlap());
        values.add("ZonedDateTime, UTC and offsets",
                () -> List.of(ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneId.of("UTC")),
                        ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneId.of("Z")),
                        ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneOffset.ofHours(2)),
                        ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneId.of("GMT+2"))));
        values.add("ZonedDateTime, strict with an offset",
                () -> ZonedDateTime.ofStrict(LocalDateTime.of(2026, 7, 1, 1, 1), ZoneOffset.ofHours(2), BERLIN));
        values.add("ZonedDateTime, far", () -> List.of(ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.UTC),
                ZonedDateTime.of(1800, 1, 1, 0, 0, 0, 0, BERLIN)));
        values.add("ZoneId, ZoneOffset", () -> List.of(BERLIN, ZoneOffset.ofHours(2), ZoneId.of("UTC+1"),
                ZoneOffset.ofTotalSeconds(-1), ZoneId.of("SystemV/AST4".startsWith("S") ? "CET" : "EST")));
        values.add("ZoneOffset of seconds",
                () -> List.of(ZoneOffset.MAX, ZoneOffset.MIN, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
        values.add("ZoneRules", () -> box(BERLIN.getRules()));
        values.add("TimeZone", () -> box(List.of(TimeZone.getTimeZone("Europe/Paris"), TimeZone.getTimeZone("GMT"),
                TimeZone.getTimeZone("GMT+05:30"))));
        values.add("TimeZone with a changed offset", () -> {
            TimeZone zone = TimeZone.getTimeZone("Europe/Paris");
            zone.setRawOffset(12345);
            return box(zone);
        });
        values.add("TimeZone with another id", () -> {
            TimeZone zone = TimeZone.getTimeZone("Europe/Paris");
            zone.setID("Nowhere");
            return box(zone);
        });
        values.add("SimpleTimeZone", () -> box(new SimpleTimeZone(3600000, "own")));
        values.add("SimpleTimeZone named as another", () -> box(new SimpleTimeZone(3600000, "Europe/Berlin")));
    }

    private static void old(ValueCase.Kind values) {
        values.add("Date", () -> new Date(1_700_000_000_123L));
        values.add("Date, extremes",
                () -> new ArrayList<>(List.of(new Date(Long.MIN_VALUE), new Date(Long.MAX_VALUE), new Date(-1))));
        values.add("Timestamp", () -> timestamp(123_456_789));
        values.add("Timestamp in a record", () -> box(timestamp(999_999_999)));
        values.add("Timestamp, negative", () -> {
            java.sql.Timestamp timestamp = new java.sql.Timestamp(-1);
            timestamp.setNanos(1);
            return timestamp;
        });
        values.add("Date and Timestamp in one list",
                () -> new ArrayList<>(List.of(new Date(5), new java.sql.Timestamp(5))));
        values.add("java.sql.Date, Time",
                () -> box(List.of(new java.sql.Date(1_700_000_000_123L), new java.sql.Time(12345678L))));
        values.add("Calendar, Tokyo", () -> calendar("Asia/Tokyo"));
        values.add("Calendar, settings", () -> {
            Calendar calendar = calendar("Europe/Berlin");
            calendar.setLenient(false);
            calendar.setFirstDayOfWeek(Calendar.WEDNESDAY);
            calendar.setMinimalDaysInFirstWeek(6);
            return box(calendar);
        });
        values.add("Calendar, other change to the Gregorian", () -> {
            GregorianCalendar calendar = calendar("UTC");
            calendar.setGregorianChange(new Date(0));
            return box(calendar);
        });
        values.add("Calendar with fields that are not computed yet", () -> {
            GregorianCalendar calendar = calendar("UTC");
            calendar.set(Calendar.DAY_OF_MONTH, 31);
            calendar.set(Calendar.MONTH, Calendar.FEBRUARY);
            return calendar;
        });
        values.add("Calendar without a time that is valid", () -> {
            GregorianCalendar calendar = calendar("UTC");
            calendar.setLenient(false);
            calendar.set(Calendar.MONTH, 55);
            return List.of(new int[] { 1 }, calendar);
        });
        values.add("Calendar of Thailand",
                () -> box(new Calendar.Builder().setCalendarType("buddhist")
                    .setTimeZone(TimeZone.getTimeZone("UTC"))
                    .setInstant(5)
                    .setLocale(Locale.ROOT)
                    .build()));
    }

    private static GregorianCalendar calendar(String zone) {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.GERMANY);
        calendar.setTimeInMillis(1_700_000_000_123L);
        return calendar;
    }

    private static java.sql.Timestamp timestamp(int nanos) {
        java.sql.Timestamp timestamp = new java.sql.Timestamp(1_700_000_000_123L);
        timestamp.setNanos(nanos);
        return timestamp;
    }

}
