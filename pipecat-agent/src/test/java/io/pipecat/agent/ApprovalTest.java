package io.pipecat.agent;

import static io.pipecat.agent.ScriptedModel.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Frames;
import io.pipecat.agent.Sessions.Running;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.llm.Message;
import io.pipecat.api.tool.ToolCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApprovalTest {
    private final ScriptedModel model = new ScriptedModel();
    private final Frames frames = new Frames();
    private final AtomicInteger ran = new AtomicInteger();
    private final ToolCatalogue tools = new TestTool("ssh")
            .sensitive("run", (arguments, context) -> JsonNumber.of(ran.incrementAndGet()))
            .sensitive("copy", (arguments, context) -> JsonNumber.of(ran.incrementAndGet()))
            .method("list", (arguments, context) -> JsonNumber.of(0))
            .alone();

    private String resultOf(Conversation conversation) throws Exception {
        model.calls(call("a", "ssh__run", "{\"command\":\"ls\"}")).says("done");
        conversation.send("go", frames);
        Sessions.assertConsistent(conversation.history());
        return Sessions.results(conversation.history()).getLast();
    }

    private Conversation.Builder with(ApprovalMode mode, String... allowed) {
        return Conversation.builder(model, tools)
                .options(ConversationOptions.DEFAULT.withApproval(mode, Set.of(allowed)));
    }

    @Test
    void deniedWhereNobodyCanAnswer() throws Exception {
        String result = resultOf(with(ApprovalMode.ASK).build());
        assertTrue(result.startsWith("ssh.run was not called: it needs a person's approval, and nobody"), result);
        assertEquals(0, ran.get());
        assertTrue(frames.of(TurnFrame.ToolStarted.class).getFirst().sensitive());
        assertTrue(frames.of(TurnFrame.ToolFinished.class).getFirst().error());
    }

    @Test
    void deniedByMode() throws Exception {
        String result = resultOf(
                with(ApprovalMode.DENY).approver(request -> Approval.ALLOW).build());
        assertTrue(result.contains("approval_mode=deny"), result);
        assertEquals(0, ran.get());
    }

    @Test
    void allowedByMode() throws Exception {
        assertEquals("1", resultOf(with(ApprovalMode.ALLOW).build()));
    }

    @Test
    void allowedByException() throws Exception {
        assertEquals("1", resultOf(with(ApprovalMode.ASK, "ssh.run").build()));
        assertEquals("2", resultOf(with(ApprovalMode.DENY, "ssh").build()));
        assertTrue(resultOf(with(ApprovalMode.ASK, "ssh.copy").build()).contains("was not called"));
    }

    @Test
    void aPersonIsAskedWithAllThereIsToKnow() throws Exception {
        List<ApprovalRequest> asked = new CopyOnWriteArrayList<>();
        Conversation conversation = with(ApprovalMode.ASK)
                .approver(request -> {
                    asked.add(request);
                    return Approval.ALLOW;
                })
                .build();
        assertEquals("1", resultOf(conversation));
        ApprovalRequest request = asked.getFirst();
        assertEquals("ssh", request.tool());
        assertEquals("run", request.method());
        assertEquals("ls", request.arguments().string("command").orElseThrow());
        assertEquals("Does run.", request.description());
        assertEquals(frames.of(TurnFrame.ToolStarted.class).getFirst().callId(), request.callId());
        resultOf(conversation);
        assertEquals(2, asked.size(), "a plain yes holds for one call");
    }

    @Test
    void theQuestionComesAfterTheFramesBeforeIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Conversation conversation = with(ApprovalMode.ASK)
                .approver(request -> {
                    asked.countDown();
                    return Approval.ALLOW;
                })
                .build();
        model.calls(call("a", "ssh__run", "{}")).says("done");
        conversation.send("go", frame -> {
            try {
                // As long as the sink is busy with the frame, the question must not come, however long that takes.
                if (frame instanceof TurnFrame.ToolStarted && asked.await(100, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("asked before the frame was delivered");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(1, ran.get());
    }

    @Test
    void aPersonDenies() throws Exception {
        String result = resultOf(
                with(ApprovalMode.ASK).approver(request -> Approval.DENY).build());
        assertTrue(result.startsWith("ssh.run was not called: the user did not allow it."), result);
        assertEquals(0, ran.get());
    }

    @Test
    void allowedForGoodIsNotAskedAgain() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        Conversation conversation = with(ApprovalMode.ASK)
                .approver(request -> {
                    questions.incrementAndGet();
                    return Approval.ALLOW_ALWAYS;
                })
                .build();
        model.calls(call("a", "ssh__run", "{\"n\":1}"), call("b", "ssh__run", "{\"n\":2}"))
                .calls(call("c", "ssh__copy", "{}"))
                .says("done");
        conversation.send("go", frames);
        assertEquals(3, ran.get());
        assertEquals(2, questions.get(), "one for each method");
    }

    @Test
    void anApproverThatFailsDenies() throws Exception {
        String result = resultOf(with(ApprovalMode.ASK)
                .approver(request -> {
                    throw new IllegalStateException("no terminal");
                })
                .build());
        assertTrue(result.endsWith("asking for it failed."), result);
    }

    @Test
    void questionsComeOneAtATimeAndInOrderWhileOtherCallsRun() throws Exception {
        CountDownLatch listed = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        AtomicInteger atOnce = new AtomicInteger();
        Conversation conversation = with(ApprovalMode.ASK)
                .approver(request -> {
                    order.add(request.method());
                    assertEquals(1, atOnce.incrementAndGet());
                    // The call after this one needs no answer and is not held up by the question.
                    assertTrue(listed.await(20, TimeUnit.SECONDS));
                    atOnce.decrementAndGet();
                    return Approval.ALLOW;
                })
                .build();
        model.calls(call("a", "ssh__run", "{}"), call("b", "ssh__copy", "{}"), call("c", "ssh__list", "{}"))
                .says("done");
        conversation.send("go", frame -> {
            if (frame instanceof TurnFrame.ToolFinished finished
                    && finished.name().equals("ssh.list")) {
                listed.countDown();
            }
        });
        assertEquals(List.of("run", "copy"), order);
        assertEquals(2, ran.get());
    }

    @Test
    void thinkingDoesNotCountAgainstTheDeadline() throws Exception {
        CountDownLatch otherTimedOut = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TestTool tool = new TestTool("t")
                .method("hang", TestTool.ANYTHING, false, Optional.of(Duration.ofMillis(30)), (arguments, context) -> {
                    never.await();
                    return JsonNumber.of(1);
                })
                .method(
                        "careful",
                        TestTool.ANYTHING,
                        true,
                        Optional.of(Duration.ofMillis(30)),
                        (arguments, context) -> JsonNumber.of(2));
        Conversation conversation = Conversation.builder(model, tool.alone())
                // Answers when a call with the same deadline, begun before, is already over it.
                .approver(request -> {
                    assertTrue(otherTimedOut.await(20, TimeUnit.SECONDS));
                    return Approval.ALLOW;
                })
                .build();
        model.calls(call("a", "t__hang", "{}"), call("b", "t__careful", "{}")).says("done");
        conversation.send("go", frame -> {
            if (frame instanceof TurnFrame.ToolFinished finished
                    && finished.name().equals("t.hang")) {
                otherTimedOut.countDown();
            }
        });
        assertEquals("2", Sessions.results(conversation.history()).getLast());
    }

    @Test
    void interruptionTakesTheQuestionBack() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch takenBack = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Conversation conversation = with(ApprovalMode.ASK)
                .approver(request -> {
                    asked.countDown();
                    try {
                        never.await();
                    } finally {
                        takenBack.countDown();
                    }
                    return Approval.ALLOW;
                })
                .build();
        model.calls(call("a", "ssh__run", "{}"), call("b", "ssh__copy", "{}"));
        Running<TurnResult> turn = Sessions.start(true, () -> conversation.send("go", frames));
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        conversation.interrupt();
        assertEquals(Outcome.INTERRUPTED, turn.get().outcome());
        assertTrue(takenBack.await(20, TimeUnit.SECONDS));
        assertEquals(0, ran.get());
        assertEquals(
                List.of("interrupted by the user", "interrupted by the user"),
                Sessions.results(conversation.history()));
        assertEquals(2, frames.of(TurnFrame.ToolFinished.class).size());
        assertTrue(conversation.history().getLast() instanceof Message.Assistant);
    }
}
