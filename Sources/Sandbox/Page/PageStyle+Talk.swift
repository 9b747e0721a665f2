extension PageStyle {
    /// The conversation.
    static let talkRules = #"""
        .talk { background: var(--canvas); }
        .talk > .there { display: flex; flex-direction: column; flex: 1; min-height: 0; }
        .talk > .there > .head { display: flex; align-items: center; gap: 12px; min-height: 68px; padding: 10px 20px;
          background: var(--surface); border-bottom: 1px solid var(--line); }
        .talk .back { display: none; place-items: center; width: 40px; height: 44px; border-radius: 10px; }
        .talk .back::before { content: ""; width: 11px; height: 11px; border: solid currentColor; border-width: 0 0 2px 2px;
          transform: translateX(2px) rotate(45deg); border-radius: 1px; }
        .talk .title { flex: 1; min-width: 0; }
        .talk .title h2 { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; }
        .talk .title p { font-size: .82rem; color: var(--muted); overflow: hidden; text-overflow: ellipsis;
          white-space: nowrap; }
        .talk .title .to { opacity: .8; }
        .talk .owner { flex: none; max-width: 42%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
          padding: 4px 12px; border: 1px solid var(--line); border-radius: 99px; font-size: .82rem; font-weight: 550; }
        .talk .owner span { color: var(--muted); font-weight: 450; }
        .talk .strip { display: none; gap: 8px; padding: 9px 16px; overflow-x: auto; background: var(--surface);
          border-bottom: 1px solid var(--line); scrollbar-width: none; }
        .strip .person { flex: none; display: flex; align-items: center; gap: 7px; padding: 3px 12px 3px 3px;
          border-radius: 99px; background: var(--soft); color: var(--on-soft); font-size: .84rem; }
        .strip .person b { font-weight: 570; }
        .strip .person .face { width: 26px; height: 26px; font-size: 10px; }
        .strip .person .number, .strip .since span { display: none; }

        .lines { display: flex; flex-direction: column; gap: 6px; max-width: 760px; margin: 0 auto; padding: 18px 24px 28px; }
        .line { display: flex; flex-direction: column; min-width: 0; }
        .day { align-self: center; margin: 12px 0 10px; }
        .day span { padding: 3px 12px; border-radius: 99px; font-size: .77rem; font-weight: 550; color: var(--muted);
          background: var(--surface); box-shadow: var(--shadow); }
        .bubble { align-self: flex-start; display: flow-root; max-width: min(88%, 540px); min-width: 108px; padding: 8px 13px 6px;
          border-radius: 4px 16px 16px 16px; background: var(--bubble); box-shadow: var(--shadow); }
        .bubble .words { white-space: pre-wrap; overflow: hidden; overflow-wrap: anywhere; unicode-bidi: isolate; }
        .bubble .attachment { display: inline-block; margin: 2px 0 5px; padding: 5px 11px; border-radius: 8px;
          background: var(--canvas); font-size: .87rem; font-weight: 550; overflow-wrap: anywhere; }
        .bubble time { display: block; text-align: right; font-size: .72rem; line-height: 1.3; color: var(--muted); }
        .note { align-self: center; display: inline-flex; align-items: center; gap: 9px; margin: 3px 0; max-width: 100%;
          padding: 5px 16px 5px 5px; border-radius: 18px; background: var(--soft); color: var(--on-soft);
          font-size: .87rem; overflow-wrap: anywhere; }
        .line:has(> .bubble:not([hidden])) + .line > .note { margin-top: 12px; }
        .line:has(> .note:not([hidden])) + .line > .bubble { margin-top: 10px; }
        .note bdi { font-weight: 650; }
        .note .face { width: 26px; height: 26px; font-size: 10px; }

        """#
}
