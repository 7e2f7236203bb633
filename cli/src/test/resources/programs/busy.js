setTimeout(() => {
  console.log("ready");
  for (let i = 0; ; i++) new Function(`return ${i % 1000}`)();
});
