// The second line throws.
const settings = undefined;
console.log(settings.port);
