// What dates and numbers look like to a program that names neither a locale nor a time zone.
const summer = new Date(Date.UTC(2026, 6, 1, 12));
const winter = new Date(Date.UTC(2026, 0, 1, 12));
console.log(summer.getHours(), summer.getTimezoneOffset(), winter.getHours(), winter.getTimezoneOffset());
console.log(new Date(2026, 6, 1, 0).toISOString(), new Date("2026-01-01T00:00:00").toISOString());
console.log(summer.toLocaleString(), (1234.5).toLocaleString());
const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
console.log(locale, timeZone);
