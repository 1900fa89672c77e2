package io.pipecat.tools.git;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * JGit's way to servers, for one call: whatever waits for the network does so on a virtual thread, since on a platform thread an
 * interruption does not end it; and no more is taken in than the call may take.
 */
final class Network implements HttpConnectionFactory {
    /** Handing over costs some microseconds each time. */
    private static final int BUFFER = 1 << 16;

    private final HttpConnectionFactory connections = new JDKHttpConnectionFactory();
    private final int limitMib;
    private final AtomicLong left;

    Network(int limitMib) {
        this.limitMib = limitMib;
        this.left = new AtomicLong((long) limitMib << 20);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return waiting(connections.create(url));
    }

    @Override
    public HttpConnection create(URL url, java.net.Proxy proxy) throws IOException {
        return waiting(connections.create(url, proxy));
    }

    private HttpConnection waiting(HttpConnection connection) {
        return (HttpConnection) java.lang.reflect.Proxy.newProxyInstance(
                HttpConnection.class.getClassLoader(), new Class<?>[] {HttpConnection.class}, (self, method, given) -> {
                    Object result = await(() -> method.invoke(connection, given));
                    return switch (result) {
                        case InputStream in -> new BufferedInputStream(new Incoming(in), BUFFER);
                        case OutputStream out -> new BufferedOutputStream(new Outgoing(out), BUFFER);
                        case null, default -> result;
                    };
                });
    }

    /** Does it on a virtual thread. An interruption closes the connection that it waits for. */
    private static <T> T await(Callable<T> wait) throws IOException {
        FutureTask<T> task = new FutureTask<>(wait);
        Thread thread = Thread.ofVirtual().name("git network").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof InvocationTargetException inner ? inner.getCause() : e.getCause();
            switch (cause) {
                case IOException told -> throw told;
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IOException(cause);
            }
        }
    }

    private final class Incoming extends FilterInputStream {
        Incoming(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = await(() -> in.read(bytes, offset, length));
            if (count > 0 && left.addAndGet(-count) < 0) {
                throw new IOException("the server sends more than " + limitMib
                        + " MiB, which is as much as one call takes" + " (setting GIT_FETCH_LIMIT_MIB)");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            Network.<Object>await(() -> {
                in.close();
                return "";
            });
        }
    }

    private static final class Outgoing extends FilterOutputStream {
        Outgoing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Network.<Object>await(() -> {
                out.write(bytes, offset, length);
                return "";
            });
        }

        @Override
        public void flush() throws IOException {
            Network.<Object>await(() -> {
                out.flush();
                return "";
            });
        }

        @Override
        public void close() throws IOException {
            Network.<Object>await(() -> {
                out.close();
                return "";
            });
        }
    }
}
