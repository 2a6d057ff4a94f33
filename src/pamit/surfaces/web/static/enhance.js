// What script adds to a page. Two houses use it: the app that a server answers, and the one that runs within the browser.
// A house says how things are asked for: post(address, data), get(address), go(address), again(), at() and note(address).

/** The elements of an answer, without anything that could run. */
const pieces = (html) => {
  const found = new DOMParser().parseFromString(html, "text/html");
  for (const script of found.querySelectorAll("script")) script.remove();
  return found;
};

/** Add to one page: copying and printing, dropping files, checking while writing, seeing a changed message at once. */
export const enhance = (house) => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
      button.textContent += " ✓";
    }, { once: false });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", shortcuts.on);
    button.addEventListener("click", () => {
      shortcuts.on = !shortcuts.on;
      document.documentElement.dataset.keys = shortcuts.on ? "on" : "off";
      button.setAttribute("aria-pressed", shortcuts.on);
    });
  }

  for (const link of document.querySelectorAll("[data-handed]")) {
    link.addEventListener("click", () => house.post(link.dataset.handed));
  }

  // A message on its way: where it stands is asked again until it has arrived somewhere; nothing else on the page moves.
  const follow = async () => {
    const old = document.querySelector("[data-moving]");
    if (!old) return;
    const answer = await house.get(house.at());
    const page = answer.ok && pieces(await answer.text());
    const fresh = page && page.getElementById("state");
    if (!fresh || !old.isConnected) return;
    if (!fresh.hasAttribute("data-moving")) document.querySelector("[data-moved]").replaceWith(page.querySelector("[data-moved]"));
    if (fresh.innerHTML !== old.innerHTML) old.replaceChildren(...fresh.childNodes);
    old.toggleAttribute("data-moving", fresh.hasAttribute("data-moving"));
    setTimeout(follow, 5_000);
  };
  if (document.querySelector("[data-moving]")) setTimeout(follow, 5_000);

  // A file may be dropped anywhere on its form.
  for (const form of document.querySelectorAll("[data-drop]")) {
    const input = form.querySelector("input[type=file]");
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }

  // What was changed but not saved must not leave in its old form.
  const unsaved = () => {
    const ways = document.querySelector("[data-while-saved]");
    if (!ways) return;
    ways.inert = true;
    ways.classList.add("busy");
    document.querySelector("[data-unsaved]").hidden = false;
  };

  // Findings while the person writes; of several answers the last one counts.
  for (const form of document.querySelectorAll("[data-live]")) {
    const result = document.querySelector("[data-live-result]");
    let timer, asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      unsaved();
      timer = setTimeout(async () => {
        const mine = ++asked;
        const data = new FormData(form);
        data.delete("once");
        const answer = await house.post(form.dataset.live, data);
        if (answer.ok && mine === asked) result.replaceChildren(...pieces(await answer.text()).body.childNodes);
      }, 250);
    });
  }

  // A form that only looks: its result is put in place of the old one, and the address follows. Another purpose or channel asks
  // other questions, so the fields follow too; whoever goes by keyboard stays where they are.
  for (const form of document.querySelectorAll("[data-live-get]")) {
    let timer, asked = 0, others = false;
    const show = async () => {
      const mine = ++asked;
      const address = `${house.at()}?${new URLSearchParams(new FormData(form))}`;
      const old = document.getElementById("result");
      old.classList.add("busy");
      const answer = await house.get(address);
      if (mine !== asked) return;
      const page = answer.ok && pieces(await answer.text());
      const fresh = page && page.getElementById("result");
      if (!fresh) return house.go(address);
      old.replaceWith(fresh);
      if (others) {
        const at = document.activeElement.id;
        form.replaceChildren(...page.querySelector("[data-live-get]").childNodes);
        document.querySelector("h1").replaceWith(page.querySelector("h1"));
        document.title = page.title;
        if (at) document.getElementById(at)?.focus();
        others = false;
      }
      house.note(address);
    };
    form.addEventListener("input", (event) => {
      clearTimeout(timer);
      ++asked;
      others ||= event.target.name === "purpose" || event.target.name === "channel";
      timer = setTimeout(show, 300);
    });
  }
};

// The guide lists them; a browser that keeps nothing has them switched on.
const places = {
  h: "/", t: "/add", k: "/cases", p: "/check", c: "/calendar", w: "/insight", u: "/guide", s: "/settings",
};
const shortcuts = {
  get on() { try { return localStorage.getItem("pamit-keys") !== "off"; } catch { return true; } },
  set on(value) { try { localStorage.setItem("pamit-keys", value ? "on" : "off"); } catch { /* as before */ } },
};

/** Add to all pages, once: countdowns that follow the clock, and shortcuts. */
export const attend = (house) => {
  // Countdowns are written with the page; one that stays open asks anew when it is looked at again.
  let seen = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !document.querySelector("[data-countdown]")) return;
    if (Date.now() - seen > 60_000 && !document.querySelector("textarea:focus, input:focus")) house.again();
    seen = Date.now();
  });

  // Shortcuts: g and a letter goes somewhere, "/" to the search; never while one types, and not where they are switched off.
  let last = "";
  const show = () => { document.documentElement.dataset.keys = shortcuts.on ? "on" : "off"; };
  show();
  document.addEventListener("keydown", (event) => {
    if (!shortcuts.on || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("q").focus(); }
    else if (last === "g" && places[event.key]) house.go(places[event.key]);
    last = event.key;
  });
};
