export default { fetch: 3 };
