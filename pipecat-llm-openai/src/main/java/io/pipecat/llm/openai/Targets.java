package io.pipecat.llm.openai;

import io.pipecat.api.llm.LLMException;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** The instances that one call may ask, best first. Made anew for each call. */
interface Targets {

    /**
     * Returns the best instance that was not tried yet.
     *
     * @param tried base URLs to leave out
     * @return an instance; empty if there is no other
     */
    Optional<Target> next(Set<HttpUrl> tried) throws InterruptedException;

    /** Returns whether there is an instance that was not tried; takes none. */
    boolean hasOther(Set<HttpUrl> tried) throws InterruptedException;

    /** Tells that an instance did not work. */
    default void failed(Target target) {}

    /** What to say if there was no instance at all. */
    LLMException none() throws InterruptedException;

    /** One instance that is always the same. */
    static Targets of(Target only) {
        return new Targets() {
            @Override
            public Optional<Target> next(Set<HttpUrl> tried) {
                return tried.contains(only.base()) ? Optional.empty() : Optional.of(only);
            }

            @Override
            public boolean hasOther(Set<HttpUrl> tried) {
                return !tried.contains(only.base());
            }

            @Override
            public LLMException none() {
                return new LLMException(
                        LLMException.Reason.UNAVAILABLE, "The language model at " + only.display() + " was not asked.");
            }
        };
    }
}
