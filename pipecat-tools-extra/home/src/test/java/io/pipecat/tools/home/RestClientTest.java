package io.pipecat.tools.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class RestClientTest {

    private static final class Source implements Flow.Subscription {
        private boolean cancelled;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void bodyEndsAtItsLimit() throws Exception {
        Source source = new Source();
        LimitedBody body = new LimitedBody(5);
        body.onSubscribe(source);
        body.onNext(List.of(ByteBuffer.wrap(new byte[3]), ByteBuffer.wrap(new byte[2])));
        CompletableFuture<byte[]> whole = body.getBody().toCompletableFuture();
        assertTrue(!whole.isDone() && !source.cancelled);
        body.onNext(List.of(ByteBuffer.wrap(new byte[1])));
        ExecutionException e = assertThrows(ExecutionException.class, whole::get);
        assertEquals(IOException.class, e.getCause().getClass());
        assertTrue(source.cancelled);
    }

    @Test
    void excerptIsOneShortLine() {
        assertEquals("a b", new RestClient.Answer(500, " a\n\u0000 b ").excerpt());
        assertEquals("", new RestClient.Answer(404, "\n<html><p>Not Found").excerpt());
        assertEquals(301, new RestClient.Answer(500, "x".repeat(1000)).excerpt().length());
    }

    @Test
    void nothingIsAskedOnceClosed() {
        RestClient client = new RestClient();
        client.close();
        client.close();
        assertThrows(
                IllegalStateException.class,
                () -> client.ask(new RestClient.Question(
                        URI.create("http://127.0.0.1:1/"), Optional.empty(), Optional.empty(), Duration.ofSeconds(1))));
    }
}
