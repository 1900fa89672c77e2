package io.pipecat.endpoint.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    @Test
    void clientsTakeTurns() throws Exception {
        FairQueue queue = new FairQueue(() -> 1, 10);
        FairQueue.Ticket running = queue.enter("greedy");
        FairQueue.Ticket second = queue.enter("greedy");
        FairQueue.Ticket third = queue.enter("greedy");
        FairQueue.Ticket modest = queue.enter("modest");
        assertTrue(running.await(0));
        running.close();
        assertTrue(second.await(0));
        second.close();
        assertTrue(modest.await(0), "the other client comes before the third request of the first");
        assertFalse(third.await(0));
        modest.close();
        modest.close();
        assertTrue(third.await(0));
        third.close();
        assertEquals(0, queue.served());
    }

    @Test
    void oneClientLeavesRoomForOthers() throws Exception {
        FairQueue queue = new FairQueue(() -> 1, 4);
        List<FairQueue.Ticket> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(queue.enter("greedy"));
        }
        ApiError share = assertThrows(ApiError.class, () -> queue.enter("greedy"));
        assertTrue(share.getMessage().startsWith("2 of your requests"), share.getMessage());
        held.add(queue.enter("modest"));
        assertThrows(ApiError.class, () -> queue.enter("modest"));
        held.add(queue.enter("third"));
        ApiError full = assertThrows(ApiError.class, () -> queue.enter("fourth"));
        assertTrue(full.getMessage().startsWith("4 requests"), full.getMessage());
        held.forEach(FairQueue.Ticket::close);
        assertEquals(0, queue.waiting());
        assertEquals(0, queue.served());
    }

    @Test
    void whoLeavesTheQueueMakesRoom() throws Exception {
        FairQueue queue = new FairQueue(() -> 1, 1);
        FairQueue.Ticket running = queue.enter("a");
        FairQueue.Ticket waiting = queue.enter("b");
        assertEquals(429, assertThrows(ApiError.class, () -> queue.enter("c")).status());
        waiting.close();
        FairQueue.Ticket next = queue.enter("c");
        running.close();
        assertTrue(next.await(0));
        next.close();
        assertEquals(0, queue.waiting());
    }
}
