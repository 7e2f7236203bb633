const name = "config";
throw new RangeError(`no ${name} today`);
