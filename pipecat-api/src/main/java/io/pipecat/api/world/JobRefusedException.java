package io.pipecat.api.world;

/** The scheduler was reached and does not take a job. */
public class JobRefusedException extends WorldModelException {
    private static final long serialVersionUID = 1L;

    /** As in HTTP. */
    private final int status;

    /** In its own words. */
    private final String answer;

    /**
     * Makes an exception.
     *
     * @param message what was asked, of which scheduler, what it answered and what to do
     * @param status the status code of its answer
     * @param answer the text of its answer
     */
    public JobRefusedException(String message, int status, String answer) {
        super(message, null);
        this.status = status;
        this.answer = answer;
    }

    /**
     * Returns what kind of refusal it was.
     *
     * @return the status code of the scheduler's answer
     */
    public int status() {
        return status;
    }

    /**
     * Returns what the scheduler said.
     *
     * @return the text of its answer; may be empty
     */
    public String answer() {
        return answer;
    }
}
