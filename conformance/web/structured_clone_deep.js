// Depth is limited by memory alone; Node, which recurses, ends at some thousands with a RangeError.
let deep = null;
for (let i = 0; i < 10000; i++) deep = { deep };
let depth = 0;
for (let at = structuredClone(deep); at !== null; at = at.deep) depth++;
console.log(depth);
