package dev.runnel.portable;

import java.util.Optional;

/**
 * A program as one WebAssembly file.
 *
 * @param wasm the file
 * @param obstacle what the program does that belongs to one start, so that it is evaluated anew by
 *     each; empty when a start begins behind its evaluation
 */
@SuppressWarnings("ArrayRecordComponent")
public record PackedProgram(byte[] wasm, Optional<String> obstacle) {}
