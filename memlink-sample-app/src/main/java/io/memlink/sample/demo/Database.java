package io.memlink.sample.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.LongAdder;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * A switch in front of the database, which also counts how often it is asked: each
 * transaction takes one connection. Safe for use by many threads.
 */
@Component
class Database implements BeanPostProcessor {

    private final LongAdder asked = new LongAdder();

    private volatile boolean down;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return (bean instanceof DataSource dataSource) ? new Switched(dataSource) : bean;
    }

    boolean isDown() {
        return this.down;
    }

    void down(boolean down) {
        this.down = down;
    }

    long asked() {
        return this.asked.sum();
    }

    private final class Switched extends DelegatingDataSource {

        Switched(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Look look = Look.current();
            if (look != null) {
                look.databaseAsked();
            }
            Database.this.asked.increment();
            if (Database.this.down) {
                throw new SQLTransientConnectionException("The database was switched off on the page");
            }
            return super.getConnection();
        }

    }

}
