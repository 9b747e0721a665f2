/// The page's style sheet.
enum PageStyle {
    /// The whole of it.
    static let text = colours + frame + PageStyle.listRules + PageStyle.talkRules + PageStyle.sideRules + narrow

    private static let colours = #"""
        :root {
          color-scheme: light dark;
          --paper: #f5f4f0; --surface: #fff; --canvas: #efede7; --ink: #1b1f1d; --muted: #5a645e;
          --line: #e2dfd7; --hover: #f3f1ec; --accent: #0b6b5b; --soft: #dff0ea; --on-soft: #084f43;
          --bubble: #fff; --warn: #7c4a00; --warn-soft: #fbeed5; --bad: #9c2218; --bad-soft: #fbe5e1; --good: #14633a; --good-soft: #e0f2e6;
          --face-light: 91%; --face-dark: 37%; --face-chroma: .055; --shadow: 0 1px 2px rgb(40 36 24 / .09);
          --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Code", "Noto Sans Mono", Menlo, Consolas, monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #111413; --surface: #181c1b; --canvas: #0d100f; --ink: #e8edea; --muted: #9ca8a2;
            --line: #2a302d; --hover: #1f2422; --accent: #63cdb5; --soft: #16352e; --on-soft: #aae6d7;
            --bubble: #1f2523; --warn: #efbd70; --warn-soft: #33270f; --bad: #ffa298; --bad-soft: #3a1c18; --good: #8bd8a5;
            --good-soft: #173020; --face-light: 33%; --face-dark: 91%; --face-chroma: .05; --shadow: none;
          }
        }

        """#

    private static let frame = #"""
        *, *::before, *::after { box-sizing: border-box; }
        [hidden] { display: none !important; }
        html, body { height: 100%; }
        body {
          margin: 0; display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); height: 100dvh; overflow: hidden;
          background: var(--paper); color: var(--ink); font: 15px/1.45 var(--sans);
          -webkit-font-smoothing: antialiased; font-variant-numeric: tabular-nums; text-rendering: optimizeLegibility;
        }
        h1, h2, h3, p, ul, ol, pre, fieldset { margin: 0; padding: 0; border: 0; }
        ol, ul { list-style: none; }
        h1, h2, h3 { font-size: 1rem; font-weight: 650; letter-spacing: -.008em; text-wrap: balance; }
        a { color: inherit; text-decoration: none; }
        time { white-space: nowrap; }
        pre, code { font-family: var(--mono); font-size: .92em; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .unseen {
          position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
        }
        .skip { position: absolute; left: 12px; top: -60px; padding: 8px 14px; background: var(--surface); z-index: 9; }
        .skip:focus { top: 8px; }

        .bar {
          display: flex; align-items: center; gap: 12px 20px; min-height: 56px; padding: 8px 20px;
          background: var(--surface); border-bottom: 1px solid var(--line);
        }
        .brand { display: flex; align-items: center; gap: 10px; border-radius: 9px; }
        .brand img { display: block; }
        .brand .name { font-weight: 680; letter-spacing: -.014em; white-space: nowrap; }
        .brand .name span { font-weight: 450; color: var(--muted); }
        .lede { color: var(--muted); font-size: .87rem; flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis;
          white-space: nowrap; }
        .totals { display: flex; gap: 18px; font-size: .87rem; color: var(--muted); white-space: nowrap; }
        .tabs { display: none; gap: 2px; padding: 3px; background: var(--canvas); border-radius: 10px; }
        .tabs a { padding: 5px 14px; border-radius: 8px; font-size: .87rem; font-weight: 550; color: var(--muted); }
        .tabs a[aria-current] { background: var(--surface); color: var(--ink); box-shadow: var(--shadow); }
        .live { display: flex; align-items: center; gap: 7px; font-size: .8rem; font-weight: 550; color: var(--muted);
          white-space: nowrap; }
        .live::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--muted); opacity: .6; }
        .live[data-state="live"] { color: var(--good); }
        .live[data-state="live"]::before { background: currentColor; opacity: 1; }
        .live[data-state="polling"], .live[data-state="lost"] { color: var(--warn); }
        .live[data-state="polling"]::before, .live[data-state="lost"]::before { background: currentColor; opacity: 1; }

        main { display: grid; grid-template-columns: minmax(290px, 340px) minmax(0, 1fr) minmax(310px, 370px);
          min-height: 0; }
        .pane { display: flex; flex-direction: column; min-width: 0; min-height: 0; background: var(--surface); }
        .pane:focus { outline: none; }
        .scroll { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; }
        .scroll:focus-visible { outline-offset: -3px; }

        .face {
          --hue: 160; display: inline-grid; place-items: center; flex: none; width: 42px; height: 42px; border-radius: 50%;
          font-size: 15px; font-weight: 620; line-height: 1; letter-spacing: .01em; overflow: hidden; user-select: none;
          background: oklch(var(--face-light) var(--face-chroma) var(--hue));
          color: oklch(var(--face-dark) .085 var(--hue));
        }
        .face:empty { background-image: radial-gradient(circle at 50% 39%, currentColor 21%, transparent 22.5%),
          radial-gradient(circle at 50% 104%, currentColor 41%, transparent 42.5%); }
        .face[data-tint="1"] { --hue: 28; } .face[data-tint="2"] { --hue: 72; } .face[data-tint="3"] { --hue: 118; }
        .face[data-tint="4"] { --hue: 205; } .face[data-tint="5"] { --hue: 252; } .face[data-tint="6"] { --hue: 300; }
        .face[data-tint="7"] { --hue: 348; }

        .fine { padding: 14px 20px; text-align: center; font-size: .8rem; color: var(--muted); }
        .empty { margin: auto; padding: 40px 28px; max-width: 420px; text-align: center; color: var(--muted);
          font-size: .93rem; }
        .empty h2, .empty h3 { color: var(--ink); margin-bottom: 6px; }
        .empty pre { margin-top: 16px; padding: 12px 14px; text-align: left; font-size: .8rem; line-height: 1.6;
          border-radius: 10px; background: var(--canvas); color: var(--ink); white-space: pre-wrap; overflow-wrap: anywhere; }
        @media (prefers-reduced-motion: no-preference) {
          .scroll { scroll-behavior: smooth; }
          .fresh { animation: arrive .45s cubic-bezier(.2, .8, .3, 1); }
          .lit > a { animation: lit 2.4s ease-out; }
          @keyframes arrive { from { opacity: 0; transform: translateY(8px); } }
          @keyframes lit { from { background: var(--soft); } }
        }

        """#

    private static let narrow = #"""
        @media (max-width: 1360px) { .lede { visibility: hidden; } }
        @media (max-width: 1179px) {
          main { grid-template-columns: minmax(280px, 340px) minmax(0, 1fr); }
          .tabs { display: flex; }
          .lede { display: none; }
          .totals { margin-left: auto; }
          .side .people { display: none; }
          body:not([data-view="calls"]) .side { display: none; }
          body[data-view="calls"] .talk { display: none; }
          body[data-view="calls"] .side { display: flex; border-left: 1px solid var(--line); }
          .talk .strip { display: flex; }
        }
        @media (max-width: 899px) { .totals { display: none; } .tabs { margin-left: auto; } }
        @media (max-width: 759px) {
          body { font-size: 16px; }
          main { grid-template-columns: minmax(0, 1fr); }
          .bar { padding: 8px 14px; gap: 8px; }
          .tabs a { padding: 6px 12px; }
          .live span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          body[data-view="chat"] { grid-template-rows: minmax(0, 1fr); }
          body[data-view="chat"] .bar { display: none; }
          body[data-view="chat"] .list, body[data-view="calls"] .list, body[data-view="list"] .talk { display: none; }
          body[data-view="calls"] .side { border-left: 0; }
          .list { border-right: 0 !important; }
          .talk .back { display: grid; }
          .talk > .there > .head { padding-left: 6px; }
          .talk .owner span, .talk .title .to, .talk .title .to + span { position: absolute; clip-path: inset(50%); }
          .chat > a[aria-current]:not(:hover) { background: none; }
          .chat > a[aria-current] :is(.preview, time, .owned) { color: var(--muted) !important; }
          .find input { font-size: 16px; }
          .note { font-size: .82rem; }
          .scroll { padding-bottom: env(safe-area-inset-bottom); }
        }
        @media (max-width: 380px) { .brand .name span { display: none; } }

        """#
}
