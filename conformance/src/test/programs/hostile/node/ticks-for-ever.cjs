// One turn that never ends, though each of its ticks does.
const again = () => process.nextTick(again);
setTimeout(again);
