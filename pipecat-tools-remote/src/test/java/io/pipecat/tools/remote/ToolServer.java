package io.pipecat.tools.remote;

import io.pipecat.testkit.RawServer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A tool server whose catalogue and cancellations work, and whose calls do what a test says. */
final class ToolServer implements AutoCloseable {
    /** What has been asked: the first line of each request that runs or ends a call, and its call id. */
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    final RawServer raw;

    ToolServer(RawServer.Handler calls) throws IOException {
        raw = new RawServer(peer -> {
            while (true) {
                String head = peer.readRequest();
                String line = head.substring(0, head.indexOf(" HTTP/"));
                if (line.equals("POST /run_tool/")) {
                    seen.add(line + " " + callId(head));
                    calls.handle(peer);
                    return;
                }
                if (line.startsWith("DELETE")) {
                    seen.add(line);
                }
                peer.answer(200, line.startsWith("GET /tools/") ? AnswersTest.CATALOGUE : "{}");
            }
        });
    }

    private static String callId(String head) {
        return head.lines()
                .filter(line -> line.startsWith("X-Call-Id: "))
                .findFirst()
                .map(line -> line.substring("X-Call-Id: ".length()))
                .orElse("none");
    }

    URI base() {
        return raw.base();
    }

    /** Waits for the next call or cancellation. */
    String next() throws InterruptedException {
        return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
