/// The page's script: fills the page anew as the state changes.
///
/// It writes with `textContent` and with attributes that the markup names, never with markup.
enum PageScript {
    /// The whole of it.
    static let text = filling + keeping + asking + steering

    private static let filling = #"""
        "use strict";
        (() => {
        const one = (selector, within = document) => within.querySelector(selector);
        const all = (selector, within = document) => within.querySelectorAll(selector);
        const body = document.body;

        /* Fills an element with a view's values, and all within it but the rows of lists, which have views of their own. */
        function fill(root, view) {
          const nodes = [root, ...all("[data-text],[data-if],[data-unless],[data-set],[data-link],[data-each]", root)];
          for (const node of nodes) {
            const list = node === root ? null : node.parentElement.closest("[data-each],[data-rows]");
            if (list && list !== root && root.contains(list)) continue;
            const { text, set, link, each } = node.dataset;
            if (each !== undefined) {
              const [items, template] = each.split(":");
              if (items in view) node.replaceChildren(...view[items].map((item) => make(template, item)));
            }
            if (text !== undefined && text in view) {
              const value = String(view[text]);
              if (node.textContent !== value) node.textContent = value;
            }
            if (node.dataset.if in view) node.hidden = !view[node.dataset.if];
            if (node.dataset.unless in view) node.hidden = view[node.dataset.unless];
            if (link !== undefined && link in view) node.setAttribute("href", "/?chat=" + encodeURI(view[link]));
            if (set !== undefined) {
              for (const pair of set.split(" ")) {
                const [name, value] = pair.split(":");
                if (value in view) node.setAttribute(name, view[value]);
              }
            }
          }
          return root;
        }

        function make(template, view) {
          return fill(one("#" + template).content.firstElementChild.cloneNode(true), view);
        }


        """#

    private static let keeping = #"""
        const chats = one("#chats"), calls = one("#calls"), lines = one("#lines"), talk = one("#talk");
        const scroll = one("#lines-scroll"), news = one("#news"), people = one(".side .people");
        const rows = new Map();
        for (const row of chats.children) {
          const names = one("[data-text=names]", row).textContent;
          rows.set(row.dataset.key, { row, names });
        }
        const known = {
          run: body.dataset.run, version: Number(body.dataset.version), seen: Number(talk.dataset.seen || 0),
          chat: talk.dataset.key || "", call: Number(calls.firstElementChild?.dataset.sequence || 0),
        };

        function take(state) {
          const isFirst = state.run !== known.run;
          if (state.isWhole) {
            const alive = new Set(state.chats.map((chat) => chat.key));
            for (const [key, { row }] of rows) if (!alive.has(key)) { row.remove(); rows.delete(key); }
            calls.replaceChildren();
            known.call = 0;
          }
          known.run = state.run;
          known.version = state.version;
          const joins = [];
          for (const chat of [...state.chats].sort((a, b) => a.active - b.active)) takeChat(chat, isFirst, joins);
          for (const call of [...state.calls].reverse()) takeCall(call);
          while (calls.children.length > state.callsKept) calls.lastElementChild.remove();
          if (state.conversation) takeConversation(state.conversation);
          fill(one(".bar .totals"), state.totals);
          fill(one("#chats-dropped"), state.totals);
          fill(one("#calls-dropped"), state.totals);
          one("#no-chats").hidden = state.totals.hasChats;
          one("#no-calls").hidden = state.totals.hasCalls;
          sift();
          if (joins.length > 0) say(joins);
          if (!rows.has(known.chat) && chats.firstElementChild) select(chats.firstElementChild.dataset.key, false);
        }

        function takeChat(chat, isFirst, joins) {
          let entry = rows.get(chat.key);
          if (!entry) {
            entry = { row: make("t-chat", chat), names: "" };
            rows.set(chat.key, entry);
          } else {
            fill(entry.row, chat);
          }
          if (chat.names !== entry.names && chat.names.length > entry.names.length) {
            const name = chat.people[chat.people.length - 1].name;
            if (!isFirst) joins.push("\u2068" + name + "\u2069 joined the chat with \u2068" + chat.title + "\u2069");
            entry.row.classList.remove("lit");
            void entry.row.offsetWidth;
            entry.row.classList.add("lit");
          }
          entry.names = chat.names;
          const focused = entry.row.contains(document.activeElement) ? document.activeElement : null;
          if (chats.firstElementChild !== entry.row) chats.prepend(entry.row);
          if (focused) focused.focus({ preventScroll: true });
          mark(entry.row, chat.key === known.chat);
        }

        function takeCall(call) {
          const row = make("t-call", call);
          row.dataset.sequence = call.sequence;
          row.classList.add("fresh");
          calls.prepend(row);
          known.call = Math.max(known.call, call.sequence);
        }

        function takeConversation(chat) {
          const isOther = talk.dataset.key !== chat.key;
          const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
          fill(talk, chat);
          fill(people, chat);
          talk.dataset.key = chat.key;
          known.seen = chat.changed;
          const kept = new Map([...lines.children].map((line) => [line.dataset.sequence, line]));
          if (isOther) kept.clear();
          lines.replaceChildren(...chat.entries.map((entry) => {
            const old = kept.get(String(entry.sequence));
            if (old) return fill(old, entry);
            const line = make("t-entry", entry);
            line.dataset.sequence = entry.sequence;
            if (!isOther) line.classList.add("fresh");
            return line;
          }));
          if (isOther) scroll.scrollTo({ top: scroll.scrollHeight, behavior: "instant" });
          else if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
        }

        /* One short message however many came at once: nobody can listen to twelve. */
        function say(joins) {
          news.textContent = joins.length <= 2 ? joins.join(". ") + "." : joins.length + " collaborators joined chats.";
        }


        """#

    private static let asking = #"""
        const live = one(".live");
        let isAsking = false, isStale = false, isForced = false, timer = 0;

        function show(state, word, title) {
          live.dataset.state = state;
          live.title = title;
          if (live.firstElementChild.textContent !== word) live.firstElementChild.textContent = word;
        }

        /* Asks for what changed. While an answer is under way one more question is remembered, not more. */
        async function ask(isForNow = false) {
          if (isAsking) { isStale = true; isForced ||= isForNow; return; }
          isAsking = true;
          const chat = known.chat;
          try {
            const query = new URLSearchParams({
              run: known.run, version: known.version, call: known.call, chat, seen: known.seen,
            });
            const answer = await fetch("/sandbox/state?" + query, { cache: "no-store" });
            if (!answer.ok) throw new Error("status " + answer.status);
            const state = await answer.json();
            if (state.conversation && state.conversation.key !== known.chat) state.conversation = null;
            take(state);
            if (live.dataset.state === "lost") show("polling", "Polling", "Asking every two seconds");
          } catch (error) {
            show("lost", "No answer", "The sandbox does not answer; trying again");
          }
          isAsking = false;
          if (!isStale) return;
          const pause = isForced ? 0 : 120;
          isStale = isForced = false;
          clearTimeout(timer);
          timer = setTimeout(ask, pause);
        }

        let polling = 0;
        function poll(isOn) {
          if (isOn && !polling) polling = setInterval(ask, 2000);
          if (!isOn && polling) { clearInterval(polling); polling = 0; }
        }

        function listen() {
          if (!window.EventSource) { show("polling", "Polling", "Asking every two seconds"); poll(true); return; }
          const source = new EventSource("/sandbox/events");
          source.addEventListener("open", () => { show("live", "Live", "Changes show at once"); poll(false); });
          source.addEventListener("version", (event) => {
            const [run, version] = event.data.split(" ");
            if (run !== known.run || Number(version) !== known.version) ask();
          });
          source.addEventListener("error", () => {
            show("polling", "Polling", "Asking every two seconds");
            poll(true);
            /* A refused stream is not opened again by the browser. */
            if (source.readyState === EventSource.CLOSED) setTimeout(listen, 10000);
          });
        }


        """#

    private static let steering = #"""
        function mark(row, isChosen) {
          if (isChosen) row.firstElementChild.setAttribute("aria-current", "true");
          else row.firstElementChild.removeAttribute("aria-current");
        }

        function select(key, isWanted = true) {
          if (rows.has(known.chat)) mark(rows.get(known.chat).row, false);
          if (rows.has(key)) mark(rows.get(key).row, true);
          known.chat = key;
          known.seen = 0;
          if (isWanted) go("chat", "/?chat=" + encodeURI(key));
          ask(true);
        }

        function go(view, address) {
          body.dataset.view = view;
          if (address) history.pushState(null, "", address);
          for (const tab of all(".tabs a")) {
            const isCurrent = (tab.dataset.go === "calls") === (view === "calls");
            if (isCurrent) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
          }
        }

        const form = one(".find"), query = form.elements.q;
        function sift() {
          const words = query.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
          const isJoined = form.elements.show.value === "joined";
          let shown = 0;
          for (const { row, names } of rows.values()) {
            const fits = (!isJoined || names !== "") && words.every((word) => row.dataset.haystack.includes(word));
            if (row.hidden === fits) row.hidden = !fits;
            if (fits) shown += 1;
          }
          one("#no-match").hidden = shown > 0 || rows.size === 0;
        }
        form.hidden = false;
        form.addEventListener("input", sift);
        form.addEventListener("submit", (event) => event.preventDefault());

        document.addEventListener("click", (event) => {
          if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
          const anchor = event.target.closest("a");
          if (!anchor) return;
          if (anchor.dataset.go) {
            event.preventDefault();
            go(anchor.dataset.go, anchor.getAttribute("href"));
            if (anchor.classList.contains("back")) rows.get(known.chat)?.row.firstElementChild.focus();
          } else if (anchor.dataset.link !== undefined) {
            event.preventDefault();
            select(new URL(anchor.href).searchParams.get("chat"));
            if (getComputedStyle(one(".list")).display === "none") talk.focus();
          }
        });

        chats.addEventListener("keydown", (event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (!step) return;
          const links = [...chats.children].filter((row) => !row.hidden).map((row) => row.firstElementChild);
          const next = links[links.indexOf(event.target.closest("a")) + step];
          if (next) { event.preventDefault(); next.focus(); }
        });

        addEventListener("popstate", () => {
          const asked = new URLSearchParams(location.search);
          if (asked.get("view") === "calls") return go("calls");
          if (!asked.has("chat")) return go("list");
          go("chat");
          if (asked.get("chat") !== known.chat) select(asked.get("chat"), false);
        });

        go(body.dataset.view);
        scroll.scrollTo({ top: scroll.scrollHeight, behavior: "instant" });
        /* "/?still" shows the state of one moment, for tools that wait until nothing is going on. */
        if (!new URLSearchParams(location.search).has("still")) listen();
        })();

        """#
}
