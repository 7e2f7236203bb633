setTimeout(() => {
  for (;;);
}, 1);
