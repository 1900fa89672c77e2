package io.pipecat.agent;

import io.pipecat.api.llm.LLMException;
import java.util.Optional;
import java.util.function.Consumer;

/** Hands the frames of a turn to its receiver, on the receiver's thread, and then says how the turn ended. */
final class Delivery {
    private final Turn turn;
    private final Consumer<? super TurnFrame> sink;
    private boolean interrupted;
    private Optional<Throwable> sinkFailure = Optional.empty();

    Delivery(Turn turn, Consumer<? super TurnFrame> sink) {
        this.turn = turn;
        this.sink = sink;
    }

    /** Delivers frames until the turn is over. An interruption of the thread, or an exception of the sink, ends the turn. */
    void run() {
        while (true) {
            try {
                TurnFrame frame = turn.frames().take();
                if (frame == null) {
                    return;
                }
                deliver(frame);
            } catch (InterruptedException e) {
                // The turn ends soon; what it has still to tell is delivered.
                interrupted = true;
                turn.interrupt();
            }
        }
    }

    /** Delivers the last frame and returns the result, or throws what came instead. */
    TurnResult end() throws LLMException, InterruptedException {
        if (turn.ending() instanceof Turn.Ended(TurnResult result)) {
            deliver(new TurnFrame.TurnEnd(result.outcome(), result.usage()));
        }
        if (sinkFailure.isPresent()) {
            throw unchecked(sinkFailure.get());
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while the turn ran; it has stopped");
        }
        return switch (turn.ending()) {
            case Turn.Ended(TurnResult result) -> result;
            case Turn.Failed(LLMException e) -> throw e;
            case Turn.Failed(Throwable e) -> throw unchecked(e);
        };
    }

    private void deliver(TurnFrame frame) {
        if (sinkFailure.isPresent()) {
            return;
        }
        try {
            sink.accept(frame);
        } catch (RuntimeException | Error e) {
            sinkFailure = Optional.of(e);
            turn.interrupt();
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("not declared", thrown);
        };
    }
}
