// FileReader, which Node lacks: events in order, all results, abort.
const log = (...values) => console.log(values.join(" "));
const blob = new Blob(["\ufeffhé"], { type: "text/plain;charset=latin1" });
const read = (method, ...args) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    for (const type of ["loadstart", "progress", "load", "abort", "error"]) reader[`on${type}`] = (event) => log(event.type, reader.readyState, event.loaded, event.total);
    reader.onloadend = () => resolve(reader.result);
    reader[method](blob, ...args);
  });
log((await read("readAsText")).length);
log(await read("readAsText", "utf-16le"));
log(await read("readAsDataURL"));
log((await read("readAsArrayBuffer")).byteLength, (await read("readAsBinaryString")).charCodeAt(0));
const reader = new FileReader();
reader.onabort = () => log("aborted", reader.error.name, reader.result);
reader.readAsText(blob);
try {
  reader.readAsText(blob);
} catch (error) {
  log(error.name);
}
reader.abort();
