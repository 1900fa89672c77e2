package io.pipecat.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Running;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToolCallerTest {
    private static final JsonObject HI = JsonObject.of("text", "hi");

    private final AtomicInteger dangers = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestTool tool = new TestTool("echo")
            .method("say", TestTool.TEXT, false, Optional.empty(), (arguments, context) -> {
                context.report("saying");
                return new JsonString(arguments.string("text").orElseThrow());
            })
            .sensitive("danger", (arguments, context) -> JsonNumber.of(dangers.incrementAndGet()))
            .method("fail", (arguments, context) -> {
                throw new ToolException(Reason.UNAVAILABLE, "no network");
            })
            .method("deaf", TestTool.ANYTHING, false, Optional.of(Duration.ofMillis(50)), (arguments, context) -> {
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        context.report("not now");
                    }
                }
                return JsonNumber.of(1);
            })
            .method("finish", TestTool.ANYTHING, false, Optional.of(Duration.ofMinutes(5)), (arguments, context) -> {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    context.report("nearly done");
                }
                return JsonNumber.of(2);
            });
    private final List<String> progress = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private ToolCaller.Builder builder() {
        return ToolCaller.builder(tool.alone())
                .audit(AuditLog.in(folder, List.of()))
                .client("test");
    }

    private static ToolException refused(ToolCaller caller, String tool, String method, JsonObject arguments) {
        return assertThrows(ToolException.class, () -> caller.call(tool, method, arguments, line -> {}));
    }

    private List<String> recorded() throws Exception {
        List<String> recorded = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("tool-calls.jsonl"))) {
            JsonObject entry = Json.parseObject(line);
            recorded.add(entry.string("method").orElseThrow() + " "
                    + entry.string("approval").orElseThrow() + " "
                    + entry.string("outcome").orElseThrow());
        }
        return recorded;
    }

    @Test
    void callsAndRecords() throws Exception {
        assertEquals(new JsonString("hi"), builder().build().call("echo", "say", HI, progress::add));
        assertEquals(List.of("saying"), progress);
        assertEquals(List.of("say not-needed ok"), recorded());
    }

    @Test
    void aToolKeepsNoCarrierOfVirtualThreads() throws Exception {
        TestTool where = new TestTool("where")
                .method(
                        "am_i",
                        (arguments, context) ->
                                JsonBool.of(Thread.currentThread().isVirtual()));
        ToolCaller caller = ToolCaller.builder(where.alone()).build();
        assertEquals(JsonBool.FALSE, caller.call("where", "am_i", JsonObject.EMPTY, progress::add));
    }

    @Test
    void aResultOfGigabytesIsNotMadeIntoText() {
        JsonValue huge = new JsonArray(Collections.nCopies(100_000, new JsonString("x".repeat(1 << 16))));
        ToolExecution.Result result = ToolExecution.Result.of(new ToolExecution.Done(huge, false), 1000);
        assertTrue(result.error());
        assertTrue(result.text().contains("Ask for less"), result.text());
    }

    @Test
    void namesWhatIsNearest() throws Exception {
        ToolCaller caller = builder().build();
        ToolException noTool = refused(caller, "ecko", "say", HI);
        assertEquals(Reason.UNKNOWN_TOOL, noTool.reason());
        assertEquals("Tool 'ecko' not found. The nearest names are echo.", noTool.getMessage());
        ToolException noMethod = refused(caller, "echo", "sey", HI);
        assertEquals(Reason.UNKNOWN_METHOD, noMethod.reason());
        assertTrue(
                noMethod.getMessage().startsWith("Method 'sey' not found on tool 'echo'. The nearest names are say, "),
                noMethod.getMessage());
        assertEquals(List.of("say not-needed unknown-tool", "sey not-needed unknown-method"), recorded());
    }

    @Test
    void checksArguments() throws Exception {
        ToolException bad = refused(builder().build(), "echo", "say", JsonObject.of("txt", "hi"));
        assertEquals(Reason.INVALID_ARGUMENTS, bad.reason());
        assertTrue(bad.getMessage().startsWith("Tool argument validation failed: echo.say"), bad.getMessage());
        assertTrue(bad.getMessage().contains("Did you mean 'text' by 'txt'?"), bad.getMessage());
        assertEquals(List.of("say not-needed invalid-arguments"), recorded());
    }

    @Test
    void asksBeforeWhatIsSensitive() throws Exception {
        List<ApprovalRequest> asked = new CopyOnWriteArrayList<>();
        ToolCaller caller = builder()
                .approver(request -> {
                    asked.add(request);
                    return asked.size() == 1 ? Approval.DENY : Approval.ALLOW_ALWAYS;
                })
                .build();
        ToolException denied = refused(caller, "echo", "danger", JsonObject.EMPTY);
        assertEquals(Reason.DENIED, denied.reason());
        assertEquals(0, dangers.get());
        assertEquals(JsonNumber.of(1), caller.call("echo", "danger", JsonObject.EMPTY, progress::add));
        assertEquals(JsonNumber.of(2), caller.call("echo", "danger", JsonObject.EMPTY, progress::add));
        assertEquals(2, asked.size());
        assertEquals(
                List.of("danger denied denied", "danger allowed-always ok", "danger allowed-always ok"), recorded());
    }

    @Test
    void deniesWhereNobodyCanBeAskedUnlessItIsListed() throws Exception {
        assertEquals(
                Reason.DENIED,
                refused(builder().build(), "echo", "danger", JsonObject.EMPTY).reason());
        ToolCaller listed = builder()
                .options(ConversationOptions.DEFAULT.withApproval(ApprovalMode.DENY, Set.of("echo.danger")))
                .build();
        assertEquals(JsonNumber.of(1), listed.call("echo", "danger", JsonObject.EMPTY, progress::add));
        assertEquals(List.of("danger nobody-to-ask denied", "danger allow_tools ok"), recorded());
    }

    @Test
    void aToolThatDoesNotListenCannotHoldUpItsCaller() throws Exception {
        ToolException late = refused(builder().grace(Duration.ofMillis(20)).build(), "echo", "deaf", JsonObject.EMPTY);
        assertEquals(Reason.TIMEOUT, late.reason());
        assertEquals(
                "echo.deaf did not finish within 0.05 s and was left alone; it may still be running.",
                late.getMessage());
        assertEquals(List.of("deaf not-needed timeout"), recorded());
        release.countDown();
    }

    @Test
    void whatTheToolThrowsIsPassedOn() throws Exception {
        ToolException thrown = refused(builder().build(), "echo", "fail", JsonObject.EMPTY);
        assertEquals(Reason.UNAVAILABLE, thrown.reason());
        assertEquals("no network", thrown.getMessage());
        assertEquals(List.of("fail not-needed unavailable"), recorded());
    }

    @Test
    void anInterruptedCallThatFinishedKeepsItsResultAndTheFlag() throws Exception {
        ToolCaller caller = builder().grace(Duration.ofSeconds(20)).build();
        Running<JsonValue> call = Sessions.start(true, () -> {
            JsonValue result = caller.call("echo", "finish", JsonObject.EMPTY, progress::add);
            assertTrue(Thread.currentThread().isInterrupted());
            return result;
        });
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        call.thread().interrupt();
        assertEquals(JsonNumber.of(2), call.get());
    }

    @Test
    void aQuestionEndsWhenItsCallerIsInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ToolCaller caller = builder()
                .approver(request -> {
                    asked.countDown();
                    release.await();
                    return Approval.ALLOW;
                })
                .build();
        Running<JsonValue> call =
                Sessions.start(false, () -> caller.call("echo", "danger", JsonObject.EMPTY, progress::add));
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        call.thread().interrupt();
        assertInstanceOf(
                InterruptedException.class,
                assertThrows(ExecutionException.class, call::get).getCause());
        assertEquals(0, dangers.get());
        assertEquals(List.of("danger not-answered interrupted"), recorded());
    }

    @Test
    void aNullThatStandsForNothingIsRefusedOnlyWhereSomethingIsRequired() throws Exception {
        ToolException bad = refused(builder().build(), "echo", "say", JsonObject.of("text", JsonNull.NULL));
        assertEquals(Reason.INVALID_ARGUMENTS, bad.reason());
    }
}
