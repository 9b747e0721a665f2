extension PageStyle {
    /// The collaborators and the log of calls.
    static let sideRules = #"""
        .side { border-left: 1px solid var(--line); }
        .side h2 { display: flex; align-items: center; gap: 8px; padding: 16px 20px 10px; font-size: .95rem; }
        .count { min-width: 21px; padding: 1px 7px; border-radius: 99px; background: var(--soft); color: var(--on-soft);
          font-size: .76rem; text-align: center; }
        .count:empty { display: none; }
        .people { flex: none; max-height: 42%; overflow-y: auto; border-bottom: 1px solid var(--line); padding-bottom: 10px;
          scrollbar-width: thin; }
        .people h2 { position: sticky; top: 0; background: var(--surface); z-index: 1; }
        .people .person { display: flex; align-items: center; gap: 12px; padding: 6px 20px; }
        .people .person .face { width: 36px; height: 36px; font-size: 13px; }
        .people .who { flex: 1; min-width: 0; display: flex; flex-direction: column; line-height: 1.3; }
        .people .who b { font-weight: 580; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; }
        .people .number, .people .since { font-size: .8rem; color: var(--muted); }
        .people .none { padding: 2px 20px 10px; font-size: .9rem; color: var(--muted); }

        .log { flex: 1; min-height: 0; display: flex; flex-direction: column; }
        .calls { padding: 0 12px 16px; }
        .call { padding: 10px 8px 11px; border-top: 1px solid var(--line); font-size: .87rem; }
        .call:first-child { border-top: 0; }
        .call .top { display: flex; align-items: center; gap: 9px; }
        .call .top code { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
          font-size: .82rem; }
        .call .top code span:first-child { color: var(--muted); }
        .call time { font-size: .76rem; color: var(--muted); }
        .status { flex: none; padding: 1px 7px; border-radius: 6px; font-size: .76rem; font-weight: 680; }
        [data-tone="good"] .status { background: var(--good-soft); color: var(--good); }
        [data-tone="partial"] .status { background: var(--warn-soft); color: var(--warn); }
        [data-tone="bad"] .status { background: var(--bad-soft); color: var(--bad); }
        .call .deed { margin-top: 5px; overflow-wrap: anywhere; }
        .call .deed bdi { font-weight: 560; }
        .call .effect { color: var(--muted); }
        [data-tone="bad"] .effect { color: var(--bad); }
        .call .deed a { text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; }
        .call .deed a:hover { text-decoration-color: currentColor; }
        .planned { padding: 0 20px 10px; font-size: .83rem; color: var(--warn); overflow-wrap: anywhere; }
        .call .unmatched, .call .fault { margin-top: 3px; color: var(--warn); overflow-wrap: anywhere; }
        .call .hint { margin-top: 7px; padding: 7px 11px; border-radius: 8px; background: var(--warn-soft);
          color: var(--warn); font-size: .83rem; }
        .call summary { display: inline-block; margin-top: 5px; color: var(--muted); font-size: .8rem; cursor: pointer;
          border-radius: 5px; list-style: none; }
        .call summary::-webkit-details-marker { display: none; }
        .call summary::after { content: "›"; display: inline-block; padding-left: .45em; transition: rotate .15s; }
        .call summary:hover { color: var(--ink); }
        .call details[open] summary::after { rotate: 90deg; transform-origin: 75% 55%; }
        .call pre { margin-top: 6px; padding: 9px 11px; border-radius: 8px; background: var(--canvas); font-size: .76rem;
          line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; }

        """#
}
