extension PageStyle {
    /// The list of chats.
    static let listRules = #"""
        .list { border-right: 1px solid var(--line); }
        .list .head { padding: 16px 16px 12px; border-bottom: 1px solid var(--line); }
        .list h1 { font-size: 1.2rem; font-weight: 680; letter-spacing: -.02em; padding: 0 4px; }
        .find { display: grid; gap: 10px; margin-top: 12px; }
        .find input[type="search"] {
          width: 100%; padding: 9px 14px; border: 1px solid transparent; border-radius: 10px; background: var(--canvas);
          color: inherit; font: inherit; font-size: .93rem; appearance: none;
        }
        .find input[type="search"]::placeholder { color: var(--muted); opacity: 1; }
        .find input[type="search"]:focus { outline: none; border-color: var(--accent); background: var(--surface);
          box-shadow: 0 0 0 3px color-mix(in srgb, var(--accent) 18%, transparent); }
        .segments { display: grid; grid-template-columns: 1fr 1.9fr; padding: 3px; border-radius: 10px;
          background: var(--canvas); min-width: 0; }
        .segments label { position: relative; text-align: center; font-size: .85rem; font-weight: 550; cursor: pointer; }
        .segments input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
        .segments span { display: block; padding: 5px 8px; border-radius: 8px; color: var(--muted); }
        .segments :checked + span { background: var(--surface); color: var(--ink); box-shadow: var(--shadow); }
        .segments :focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }

        .list .empty { padding: 40px 14px; }
        .list .empty pre { padding: 12px; font-size: .72rem; }

        .chats { padding: 6px 8px; }
        .chats:empty { display: none; }
        .chat { content-visibility: auto; contain-intrinsic-size: auto 68px; }
        .chat > a { display: flex; gap: 12px; padding: 11px 10px; border-radius: 12px; }
        .chat > a:hover { background: var(--hover); }
        .chat > a[aria-current] { background: var(--soft); }
        .chat > a:focus-visible { outline-offset: -2px; }
        .chat .what { flex: 1; min-width: 0; display: block; }
        .chat .row { display: flex; align-items: baseline; gap: 10px; min-width: 0; }
        .chat b { flex: 1; min-width: 0; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
          text-align: left; }
        .chat time { font-size: .78rem; color: var(--muted); }
        .chat .preview { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
          font-size: .9rem; color: var(--muted); text-align: left; }
        .chat > a[aria-current] .preview, .chat > a[aria-current] time, .chat > a[aria-current] .owned {
          color: var(--on-soft); }
        .chat .owned { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
          font-size: .78rem; color: var(--muted); padding-top: 1px; }
        .chat .joined { display: flex; align-items: center; align-self: center; gap: 4px; }
        .chat .more { font-size: .75rem; font-weight: 600; color: var(--muted); }
        .stack { display: flex; gap: 3px; }
        .stack .face { width: 23px; height: 23px; font-size: 9.5px; }

        """#
}
