// The records that the guest leaves in its mailbox, and the flags in the mailbox's second word.
// RecordType.java has the same numbers; RecordTypeTest compares them.

/** payload: f64 delay in milliseconds; aux: TIMER_REPEATS, TIMER_UNREFERENCED */
export const TIMER_SET = 1;
export const TIMER_CLEAR = 2;
/** aux 1 = ref, 0 = unref */
export const TIMER_REF = 3;
export const IMMEDIATE_SET = 4;
export const IMMEDIATE_CLEAR = 5;
/** payload: body bytes */
export const BODY_BYTES = 6;
export const BODY_END = 7;
/** asks for the next chunk of the request's body */
export const BODY_PULL = 8;
/** the program reads the request's body no further */
export const BODY_CANCEL = 9;
/** aux 1 = keeps the program alive, 0 = doesn't */
export const LISTENER_REF = 10;
export const LISTENER_CLOSE = 11;
/** sends a head that no body has pushed out yet */
export const HEAD_FLUSH = 12;
/** the program has a fetch handler */
export const ANSWERS_FETCH = 13;
/** id: how many promises that were given to waitUntil are pending */
export const BACKGROUND_WORK = 14;
/** aux: status; payload: status text and header fields as host:http's head() takes them, a line each */
export const HEAD = 15;

export const FLAG_TICKS = 1;
export const FLAG_TURN_END = 2;

export const TIMER_REPEATS = 1;
/** It doesn't keep the program alive. */
export const TIMER_UNREFERENCED = 2;
