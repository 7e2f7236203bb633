// Streams whose length is known before they are read: who sends one as a body can say Content-Length.

/** ReadableStream → bytes. */
export const expectedLengths = new WeakMap();
