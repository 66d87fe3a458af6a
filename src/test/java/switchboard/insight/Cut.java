package switchboard.insight;

import com.datastax.oss.driver.api.core.CqlSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A session that ends after so many statements: what comes later fails, and nothing of it is carried out. */
final class Cut {

    private final AtomicInteger left;
    private final CqlSession session;

    Cut(CqlSession real, int statements) {
        left = new AtomicInteger(statements);
        session = (CqlSession) Proxy.newProxyInstance(
                Cut.class.getClassLoader(), new Class<?>[] {CqlSession.class}, (_, method, args) -> {
                    if (method.getName().equals("executeAsync") && left.getAndDecrement() <= 0) {
                        return CompletableFuture.failedFuture(new IllegalStateException("cut off"));
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    CqlSession session() {
        return session;
    }

    /** Whether there were statements left. */
    boolean was() {
        return left.get() < 0;
    }
}
