// Everything that is there before a program's first line, in the order in which it is made.
import "internal:errors";
import "internal:ticks";
import "internal:timers";
import "internal:completions";
import "internal:turn";
import "internal:exchange";
import "./web/timers.js";
