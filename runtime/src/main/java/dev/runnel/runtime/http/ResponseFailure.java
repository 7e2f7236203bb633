package dev.runnel.runtime.http;

/**
 * Why a request got no whole answer.
 *
 * @param status the status that a client gets when the head has not left yet
 * @param limit the limit that was hit as logs name it, or {@code ""}
 * @param sentence what the log says; clients see the status only
 */
public record ResponseFailure(int status, String limit, String sentence) {}
