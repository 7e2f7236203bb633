await Promise.reject(new TypeError("rejected at the top"));
