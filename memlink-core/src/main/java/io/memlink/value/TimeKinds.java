package io.memlink.value;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * Dates and times of the JDK, old and new.
 */
final class TimeKinds {

    private TimeKinds() {
    }

    static void register() {
        times();
        dates();
    }

    private static void times() {
        Kind.leaf(54, Instant.class, (out, value) -> {
            out.s64(value.getEpochSecond());
            out.s32(value.getNano());
        }, (in, id) -> Instant.ofEpochSecond(in.s64(), in.nanos()));
        Kind.leaf(55, Duration.class, (out, value) -> {
            out.s64(value.getSeconds());
            out.s32(value.getNano());
        }, (in, id) -> Duration.ofSeconds(in.s64(), in.nanos()));
        Kind.leaf(56, Period.class, (out, value) -> {
            out.s32(value.getYears());
            out.s32(value.getMonths());
            out.s32(value.getDays());
        }, (in, id) -> Period.of(in.s32(), in.s32(), in.s32()));
        Kind.leaf(57, LocalDate.class, (out, value) -> out.s64(value.toEpochDay()),
                (in, id) -> LocalDate.ofEpochDay(in.s64()));
        Kind.leaf(58, LocalTime.class, (out, value) -> out.s64(value.toNanoOfDay()),
                (in, id) -> LocalTime.ofNanoOfDay(in.s64()));
        Kind.leaf(59, LocalDateTime.class, TimeKinds::dateTime, (in, id) -> dateTime(in));
        Kind.leaf(60, OffsetDateTime.class, (out, value) -> {
            dateTime(out, value.toLocalDateTime());
            out.s32(value.getOffset().getTotalSeconds());
        }, (in, id) -> OffsetDateTime.of(dateTime(in), offset(in)));
        Kind.leaf(61, OffsetTime.class, (out, value) -> {
            out.s64(value.toLocalTime().toNanoOfDay());
            out.s32(value.getOffset().getTotalSeconds());
        }, (in, id) -> OffsetTime.of(LocalTime.ofNanoOfDay(in.s64()), offset(in)));
        Kind.leaf(62, ZonedDateTime.class, (out, value) -> {
            dateTime(out, value.toLocalDateTime());
            out.s32(value.getOffset().getTotalSeconds());
            out.text(value.getZone().getId());
        }, (in, id) -> ZonedDateTime.ofStrict(dateTime(in), offset(in), ZoneId.of(in.text())));
        Kind.leaf(63, Year.class, (out, value) -> out.s32(value.getValue()), (in, id) -> Year.of(in.s32()));
        Kind.leaf(64, YearMonth.class, (out, value) -> {
            out.s32(value.getYear());
            out.u8(value.getMonthValue());
        }, (in, id) -> YearMonth.of(in.s32(), in.u8()));
        Kind.leaf(65, MonthDay.class, (out, value) -> {
            out.u8(value.getMonthValue());
            out.u8(value.getDayOfMonth());
        }, (in, id) -> MonthDay.of(in.u8(), in.u8()));
        Kind.leaf(66, ZoneOffset.class, (out, value) -> out.s32(value.getTotalSeconds()), (in, id) -> offset(in));
        ScalarKinds.text(67, ZoneId.class, ZoneId.of("Europe/Berlin").getClass(), ZoneId::getId, ZoneId::of);
    }

    private static void dateTime(ValueWriter out, LocalDateTime value) {
        out.s64(value.toLocalDate().toEpochDay());
        out.s64(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime dateTime(ValueReader in) {
        return LocalDateTime.of(LocalDate.ofEpochDay(in.s64()), LocalTime.ofNanoOfDay(in.s64()));
    }

    private static ZoneOffset offset(ValueReader in) {
        return ZoneOffset.ofTotalSeconds(in.s32());
    }

    private static void dates() {
        Kind.mutable(68, Date.class, (out, value) -> out.s64(value.getTime()), (in, id) -> new Date(in.s64()));
        try {
            SqlKinds.register();
        }
        catch (LinkageError ex) {
            // The module java.sql is not there, and neither are its dates.
        }
        ScalarKinds.text(72, TimeZone.class, TimeZone.getTimeZone("Europe/Berlin").getClass(), TimeZone::getID,
                TimeZone::getTimeZone);
        Kind.mutable(73, GregorianCalendar.class, TimeKinds::calendar,
                (in, id) -> calendar(in.s64(), timeZone(in), in.bool(), in.u8(), in.u8()));
    }

    /**
     * Asks a copy, since a calendar that is asked for its time computes what is not set.
     */
    private static void calendar(ValueWriter out, GregorianCalendar original) {
        for (int field = 0; field < Calendar.FIELD_COUNT; field++) {
            if (!original.isSet(field)) {
                throw ValueNotSupportedException.of(GregorianCalendar.class, "of which not all fields are computed",
                        "one that was asked for its time, or a ZonedDateTime");
            }
        }
        GregorianCalendar value = (GregorianCalendar) original.clone();
        GregorianCalendar copy = calendar(value.getTimeInMillis(), value.getTimeZone(), value.isLenient(),
                value.getFirstDayOfWeek(), value.getMinimalDaysInFirstWeek());
        String zone = value.getTimeZone().getID();
        if (!copy.equals(value) || !TimeZone.getTimeZone(zone).equals(value.getTimeZone())) {
            throw ValueNotSupportedException.of(GregorianCalendar.class, "with rules of its own",
                    "one of a known time zone, or a ZonedDateTime");
        }
        out.s64(value.getTimeInMillis());
        out.text(zone);
        out.u8(value.isLenient() ? 1 : 0);
        out.u8(value.getFirstDayOfWeek());
        out.u8(value.getMinimalDaysInFirstWeek());
    }

    private static TimeZone timeZone(ValueReader in) {
        String id = in.text();
        TimeZone zone = TimeZone.getTimeZone(id);
        if (!zone.getID().equals(id)) {
            throw malformed("a text (expected: of a time zone)");
        }
        return zone;
    }

    private static GregorianCalendar calendar(long time, TimeZone zone, boolean lenient, int firstDay,
            int minimalDays) {
        GregorianCalendar calendar = new GregorianCalendar(zone, Locale.ROOT);
        calendar.setLenient(lenient);
        calendar.setFirstDayOfWeek(firstDay);
        calendar.setMinimalDaysInFirstWeek(minimalDays);
        calendar.setTimeInMillis(time);
        return calendar;
    }

    private static final class SqlKinds {

        private SqlKinds() {
        }

        static void register() {
            Kind.mutable(69, java.sql.Date.class, (out, value) -> out.s64(value.getTime()),
                    (in, id) -> new java.sql.Date(in.s64()));
            Kind.mutable(70, java.sql.Time.class, (out, value) -> out.s64(value.getTime()),
                    (in, id) -> new java.sql.Time(in.s64()));
            Kind.mutable(71, Timestamp.class, (out, value) -> {
                out.s64(value.getTime());
                out.s32(value.getNanos());
            }, (in, id) -> {
                Timestamp value = new Timestamp(in.s64());
                value.setNanos(in.nanos());
                return value;
            });
        }

    }

}
