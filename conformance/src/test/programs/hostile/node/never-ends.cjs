// Gets no further than its second line.
console.log("begun");
for (;;);
