// Everything works without this file; enhance.js says what it adds.
// The address carries the version, and so must that of the module, or a browser would keep an old one beside a new one.
const { attend, enhance } = await import(`./enhance.js${new URL(import.meta.url).search}`);

const house = {
  post: (address, data = new FormData()) =>
    fetch(address, { method: "POST", body: data, headers: { "X-Form-Token": document.body.dataset.formToken }, keepalive: true }),
  get: (address) => fetch(address),
  go: (address) => location.assign(address),
  again: () => location.reload(),
  at: () => location.pathname,
  note: (address) => history.replaceState(null, "", address),
};

enhance(house);
attend(house);
