package io.memlink.spring.cache.invocation;

import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * The transaction of a thread, where there are any: {@code spring-tx} is optional.
 */
final class Transactions {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            Transactions.class.getClassLoader());

    private Transactions() {
    }

    static boolean isActive() {
        return PRESENT && TransactionSynchronizationManager.isSynchronizationActive();
    }

}
