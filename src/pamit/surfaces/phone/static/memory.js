// What the browser keeps of Pamit: the files of its home folder, as one record that is replaced whole or not at all.

const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("pamit", 1);
  asked.onupgradeneeded = () => { asked.result.createObjectStore("memory"); asked.result.createObjectStore("shared"); };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

const within = async (store, mode, work) => {
  const base = await open();
  try {
    return await new Promise((resolve, reject) => {
      const change = base.transaction(store, mode, { durability: "strict" });
      const asked = work(change.objectStore(store));
      change.oncomplete = () => resolve(asked.result);
      change.onabort = change.onerror = () => reject(change.error ?? asked.error);
    });
  } finally {
    base.close();
  }
};

/** The record under a key; undefined where there is none. */
export const kept = (store, key) => within(store, "readonly", (found) => found.get(key));

/** Keep a record in place of the one before. */
export const keep = (store, key, value) => within(store, "readwrite", (found) => found.put(value, key));

/** Take a record out. */
export const forget = (store, key) => within(store, "readwrite", (found) => found.delete(key));
