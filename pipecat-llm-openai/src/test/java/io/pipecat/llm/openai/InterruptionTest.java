package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interrupting the calling thread ends the call and closes the connection, wherever it hangs and whatever thread it is. */
@Timeout(60)
class InterruptionTest {

    /** A call on a thread of its own. */
    private record Call(FutureTask<?> task, Thread thread) {
        static Call start(TestService llm, boolean virtual) {
            FutureTask<?> task = new FutureTask<>(llm::ask);
            return new Call(task, (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task));
        }

        Throwable failure() {
            return assertThrows(ExecutionException.class, () -> task.get(10, TimeUnit.SECONDS))
                    .getCause();
        }
    }

    private static void interruptIn(RawServer.Handler handler, String scheme, boolean virtual) throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
                    handler.handle(peer);
                    hanging.countDown();
                    peer.hang();
                });
                TestService llm =
                        TestService.at(URI.create(server.base().toString().replace("http", scheme)), Map.of())) {
            Call call = Call.start(llm, virtual);
            assertTrue(hanging.await(10, TimeUnit.SECONDS), "the server hangs");

            call.thread().interrupt();

            assertInstanceOf(InterruptedException.class, call.failure());
            assertTrue(server.awaitPeerGone(), "the connection is closed");
            assertEquals(1, server.connections.get());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileTheServerThinks(boolean virtual) throws Exception {
        interruptIn(RawServer.Peer::readRequest, "http", virtual);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inTheMiddleOfTheAnswer(boolean virtual) throws Exception {
        interruptIn(
                peer -> {
                    peer.readRequest();
                    peer.send(RawServer.STREAM_HEAD);
                    peer.chunk(Sse.text("half an ans"));
                },
                "http",
                virtual);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileTlsIsNegotiated(boolean virtual) throws Exception {
        interruptIn(peer -> {}, "https", virtual);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileConnecting(boolean virtual) throws Exception {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestService llm = TestService.at(URI.create("http://127.0.0.1:" + full.getLocalPort()), Map.of())) {
            fillBacklog(full, fill);
            Call call = Call.start(llm, virtual);
            while (call.thread().getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            call.thread().interrupt();

            assertInstanceOf(InterruptedException.class, call.failure());
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    /** Connects until the system answers no more. */
    private static void fillBacklog(ServerSocket server, List<Socket> fill) throws Exception {
        while (fill.size() < 64) {
            Socket socket = new Socket();
            fill.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IllegalStateException("this system takes more connections than it was told to");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beforeTheCall(boolean virtual) throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::hang);
                TestService llm = TestService.at(server.base(), Map.of())) {
            FutureTask<?> task = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                return llm.ask();
            });
            Call call = new Call(task, (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task));

            assertInstanceOf(InterruptedException.class, call.failure());
        }
    }

    @Test
    void whileWaitingToTryAgain() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            answered.countDown();
        })) {
            var llm = new OpenAILLMProvider()
                    .create(new LLMSource.Url(server.base()), new TestNode(Map.of("llm_model", "m")));
            FutureTask<?> task = new FutureTask<>(() -> llm.process(TestService.HELLO, frame -> {}));
            Thread thread = Thread.ofPlatform().start(task);
            assertTrue(answered.await(10, TimeUnit.SECONDS));

            thread.interrupt();

            assertInstanceOf(InterruptedException.class, new Call(task, thread).failure());
            llm.close();
        }
    }

    @Test
    void closingTheServiceEndsItsCalls() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.readRequest();
            hanging.countDown();
            peer.hang();
        })) {
            TestService llm = TestService.at(server.base(), Map.of());
            Call call = Call.start(llm, true);
            assertTrue(hanging.await(10, TimeUnit.SECONDS));

            llm.close();
            llm.close();

            LLMException e = assertInstanceOf(LLMException.class, call.failure());
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("shutting down"), e.getMessage());
            assertTrue(server.awaitPeerGone());
            assertEquals(Reason.UNAVAILABLE, llm.refused().reason(), "and takes no new ones");
        }
    }

    @Test
    void manyCallsAtOnceDoNotDisturbEachOther() throws Exception {
        int count = 40;
        CountDownLatch all = new CountDownLatch(count);
        try (RawServer server = new RawServer(peer -> {
                    peer.readRequest();
                    all.countDown();
                    all.await();
                    peer.send(RawServer.STREAM_HEAD);
                    peer.chunk(Sse.text("x") + Sse.STOP + Sse.DONE);
                    peer.chunk("");
                });
                TestService llm = TestService.at(server.base(), Map.of())) {
            List<FutureTask<String>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                FutureTask<String> task = new FutureTask<>(() ->
                        llm.service.process(TestService.HELLO, frame -> {}).text());
                tasks.add(task);
                Thread.ofVirtual().start(task);
            }
            for (FutureTask<String> task : tasks) {
                assertEquals("x", task.get(30, TimeUnit.SECONDS));
            }
        }
    }
}
