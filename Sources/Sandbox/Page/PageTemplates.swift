import Mustache

/// The page's HTML.
///
/// Every piece is written once. The server fills it for the first sight; the script clones the same pieces out of
/// `<template>` elements and fills them by what their `data-` attributes say: `data-text` names the value of the text,
/// `data-if` the value that must be true for the element to show, `data-link` the value that the address ends with,
/// `data-each` the list within, and `data-set` the attributes; `data-rows` marks a list that the script keeps row by row.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// Parses the templates.
    init() {
        MustacheTypes.registerOnce()
        var library = MustacheLibrary()
        for (name, text) in Self.texts {
            do {
                // A partial does not inherit the content type of its surroundings, so each one names it.
                try library.register("{{% CONTENT_TYPE:\(StrictHTML.name)}}" + text, named: name)
            } catch {
                preconditionFailure("the template '\(name)' does not parse: \(error)")
            }
        }
        self.library = library
    }

    /// The whole page.
    func render(_ view: PageView) -> String {
        guard let html = library.render(view, withTemplate: "page") else {
            preconditionFailure("the template 'page' is registered in 'init'")
        }
        return html
    }

    private static let texts: [(String, String)] = [
        ("page", page), ("list", list), ("talk", talk), ("side", side),
        ("chat", chat), ("face", face), ("entry", entry), ("person", person), ("call", call),
    ]

    private static let page = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <meta name="color-scheme" content="light dark">
        <title>Beckon sandbox</title>
        <link rel="icon" type="image/svg+xml" href="/sandbox/icon.svg">
        <link rel="stylesheet" href="/sandbox/page.css">
        <script src="/sandbox/page.js" defer></script>
        </head>
        <body data-view="{{view}}" data-run="{{run}}" data-version="{{version}}">
        <a class="skip" href="#talk">Skip to the conversation</a>
        <header class="bar">
        <a class="brand" href="/" data-go="list"><img src="/sandbox/icon.svg" alt="" width="28" height="28">
        <span class="name">Beckon <span>Sandbox</span></span></a>
        <p class="lede">A local stand-in for DoubleTick. Nothing leaves this machine.</p>
        <p class="totals"><span data-text="chats">{{totals.chats}}</span>
        <span data-text="collaborators">{{totals.collaborators}}</span>
        <span data-text="calls">{{totals.calls}}</span></p>
        <nav class="tabs" aria-label="Views"><a href="/" data-go="list">Chats</a>
        <a href="/?view=calls" data-go="calls">API calls</a></nav>
        <p class="live" data-state="still" title="As of when the page was loaded"><span>Still</span></p>
        </header>
        <main>
        {{> list}}
        {{> talk}}
        {{> side}}
        </main>
        <p class="unseen" id="news" role="status" aria-live="polite"></p>
        {{#blank}}
        <template id="t-chat">{{#chat}}{{> chat}}{{/chat}}</template>
        <template id="t-face">{{#person}}{{> face}}{{/person}}</template>
        <template id="t-person">{{#person}}{{> person}}{{/person}}</template>
        <template id="t-entry">{{#entry}}{{> entry}}{{/entry}}</template>
        <template id="t-call">{{#call}}{{> call}}{{/call}}</template>
        {{/blank}}
        </body>
        </html>

        """#

    private static let list = #"""
        <section class="pane list" aria-labelledby="list-title">
        <div class="head">
        <h1 id="list-title">Chats</h1>
        <form class="find" role="search" hidden>
        <input type="search" name="q" aria-label="Search chats" placeholder="Search name, number or agent"
        autocomplete="off" spellcheck="false">
        <fieldset class="segments"><legend class="unseen">Which chats</legend>
        <label><input type="radio" name="show" value="all" checked><span>All</span></label>
        <label><input type="radio" name="show" value="joined"><span>With collaborators</span></label></fieldset>
        </form>
        </div>
        <div class="scroll">
        <ol class="chats" id="chats">{{#chats}}{{> chat}}{{/chats}}</ol>
        <p class="fine" data-if="hasChatsDropped"{{^totals.hasChatsDropped}} hidden{{/totals.hasChatsDropped}}
        data-text="chatsDropped" id="chats-dropped">{{totals.chatsDropped}}</p>
        <div class="empty" id="no-match" hidden><h2>No chat matches</h2><p>Try fewer letters, or show all chats.</p></div>
        <div class="empty" id="no-chats"{{#totals.hasChats}} hidden{{/totals.hasChats}}>
        <h2>No chats yet</h2>
        <p>A chat appears with its first message. Send some:</p>
        <pre>curl --data-binary @messages.jsonl \
          {{address}}/sandbox/messages</pre>
        </div>
        </div>
        </section>

        """#

    private static let talk = #"""
        <section class="pane talk" id="talk" aria-label="Conversation" tabindex="-1"
        {{#conversation}}data-key="{{.key}}" data-seen="{{.changed}}">
        <div class="there" data-if="isThere"{{^.isThere}} hidden{{/.isThere}}>
        <header class="head">
        <a class="back" href="/" data-go="list" aria-label="Back to all chats"></a>
        <span class="face" aria-hidden="true" data-tint="{{.tint}}" data-set="data-tint:tint"
        data-text="initials">{{.initials}}</span>
        <div class="title">
        <h2 dir="auto" data-text="title">{{.title}}</h2>
        <p><span data-text="number">{{.number}}</span> <span class="to">to</span>
        <span data-text="business">{{.business}}</span></p>
        </div>
        <p class="owner" data-if="hasOwner"{{^.hasOwner}} hidden{{/.hasOwner}}><span>Owner</span>
        <bdi data-text="owner">{{.owner}}</bdi></p>
        </header>
        <ul class="strip" aria-label="Collaborators" data-if="hasPeople" data-each="people:t-person"
        {{^.hasPeople}} hidden{{/.hasPeople}}>{{#.people}}{{> person}}{{/.people}}</ul>
        <div class="scroll" id="lines-scroll" tabindex="0" role="region" aria-label="Messages">
        <p class="fine" data-if="hasDropped" data-text="dropped"{{^.hasDropped}} hidden{{/.hasDropped}}>{{.dropped}}</p>
        <ol class="lines" id="lines" data-rows>{{#.entries}}{{> entry}}{{/.entries}}</ol>
        <div class="empty" data-unless="hasEntries"{{#.hasEntries}} hidden{{/.hasEntries}}>
        <h2>No messages yet</h2><p>What the customer writes, and who joins, appears here.</p></div>
        </div>
        </div>
        <div class="empty" data-unless="isThere"{{#.isThere}} hidden{{/.isThere}}>
        <h2>Nothing to show yet</h2><p>Conversations appear here as messages arrive.</p></div>
        {{/conversation}}
        </section>

        """#

    private static let side = #"""
        <aside class="pane side" aria-label="Collaborators and API calls">
        <section class="people" aria-labelledby="people-title">
        {{#conversation}}
        <h2 id="people-title">Collaborators <span class="count" data-text="peopleCount">{{.peopleCount}}</span></h2>
        <ul data-each="people:t-person">{{#.people}}{{> person}}{{/.people}}</ul>
        <p class="none" data-unless="hasPeople"{{#.hasPeople}} hidden{{/.hasPeople}}>Nobody has joined yet.</p>
        {{/conversation}}
        </section>
        <section class="log" aria-labelledby="log-title">
        <h2 id="log-title">API calls</h2>
        {{#hasFaults}}<p class="planned">{{faults}}</p>{{/hasFaults}}
        <div class="scroll" tabindex="0" role="region" aria-labelledby="log-title">
        <ol class="calls" id="calls" data-kept="{{callsKept}}">{{#calls}}{{> call}}{{/calls}}</ol>
        <p class="fine" data-if="hasCallsDropped"{{^totals.hasCallsDropped}} hidden{{/totals.hasCallsDropped}}
        data-text="callsDropped" id="calls-dropped">{{totals.callsDropped}}</p>
        <div class="empty" id="no-calls"{{#totals.hasCalls}} hidden{{/totals.hasCalls}}>
        <h3>No calls yet</h3><p>Point Beckon here instead of DoubleTick:</p><pre>{{address}}</pre></div>
        </div>
        </section>
        </aside>

        """#

    // In what follows a line end would be seen as a space, or kept within a message.

    private static let chat = #"""
        <li class="chat" data-key="{{.key}}" data-haystack="{{.haystack}}" \#
        data-set="data-key:key data-haystack:haystack"><a href="/?chat={{.key}}" data-link="key"{{#.isSelected}} \#
        aria-current="true"{{/.isSelected}}>\#
        <span class="face" aria-hidden="true" data-tint="{{.tint}}" data-set="data-tint:tint" \#
        data-text="initials">{{.initials}}</span>\#
        <span class="what"><span class="row"><b dir="auto" data-text="title">{{.title}}</b> \#
        <time datetime="{{.machineTime}}" data-set="datetime:machineTime" data-text="time">{{.time}}</time></span> \#
        <span class="row"><span class="preview" dir="auto" data-text="preview">{{.preview}}</span> \#
        <span class="joined" data-if="hasNames"{{^.hasNames}} hidden{{/.hasNames}}>\#
        <span class="unseen">Collaborators: <bdi data-text="names">{{.names}}</bdi></span>\#
        <span class="more" aria-hidden="true" data-if="hasMore" data-text="more"{{^.hasMore}} hidden{{/.hasMore}}>\#
        {{.more}}</span><span class="stack" aria-hidden="true" data-each="people:t-face">\#
        {{#.people}}{{> face}}{{/.people}}</span></span></span> \#
        <span class="owned" data-if="hasOwner"{{^.hasOwner}} hidden{{/.hasOwner}}>\#
        Owner <bdi data-text="owner">{{.owner}}</bdi></span></span></a></li>
        """#

    private static let face = #"""
        <span class="face" data-tint="{{.tint}}" data-set="data-tint:tint title:name" title="{{.name}}" \#
        data-text="initials">{{.initials}}</span>
        """#

    private static let entry = #"""
        <li class="line" data-sequence="{{.sequence}}"><p class="day" data-if="startsDay"{{^.startsDay}} \#
        hidden{{/.startsDay}}><span data-text="day">{{.day}}</span></p>\#
        <div class="bubble" data-if="isMessage"{{^.isMessage}} hidden{{/.isMessage}}>\#
        <p class="attachment" dir="auto" data-if="hasAttachment" data-text="attachment"{{^.hasAttachment}} \#
        hidden{{/.hasAttachment}}>{{.attachment}}</p>\#
        <p class="words" dir="auto" data-if="hasText" data-text="text"{{^.hasText}} hidden{{/.hasText}}>{{.text}}</p>\#
        <time datetime="{{.machineTime}}" data-set="datetime:machineTime" data-text="time">{{.time}}</time></div>\#
        <p class="note" data-if="isNote"{{^.isNote}} hidden{{/.isNote}}>\#
        <span class="face" aria-hidden="true" data-tint="{{.tint}}" data-set="data-tint:tint" \#
        data-text="initials">{{.initials}}</span>\#
        <span><bdi data-text="name">{{.name}}</bdi> <span data-text="deed">{{.deed}}</span>, \#
        <time datetime="{{.machineTime}}" data-set="datetime:machineTime" data-text="time">{{.time}}</time></span></p></li>
        """#

    private static let person = #"""
        <li class="person"><span class="face" aria-hidden="true" data-tint="{{.tint}}" data-set="data-tint:tint" \#
        data-text="initials">{{.initials}}</span><span class="who"><b dir="auto" data-text="name">{{.name}}</b> \#
        <span class="number" data-text="number">{{.number}}</span></span> \#
        <span class="since"><span>joined </span><time datetime="{{.machineTime}}" data-set="datetime:machineTime" \#
        data-text="joined">{{.joined}}</time></span></li>
        """#

    private static let call = #"""
        <li class="call" data-sequence="{{.sequence}}" data-tone="{{.tone}}" data-set="data-tone:tone">\#
        <p class="top"><span class="status" data-text="status">{{.status}}</span> \#
        <code><span data-text="method">{{.method}}</span> <span data-text="path">{{.path}}</span></code> \#
        <time datetime="{{.machineTime}}" data-set="datetime:machineTime" data-text="time">{{.time}}</time></p>\#
        <p class="deed"><bdi data-if="hasWho" data-text="who"{{^.hasWho}} hidden{{/.hasWho}}>{{.who}}</bdi> \#
        <span class="effect" data-text="deed">{{.deed}}</span> \#
        <a href="/?chat={{.chatKey}}" data-link="chatKey" data-if="hasChat"{{^.hasChat}} hidden{{/.hasChat}}>\#
        <bdi data-text="chat">{{.chat}}</bdi></a></p>\#
        <p class="unmatched" data-if="hasUnmatched"{{^.hasUnmatched}} hidden{{/.hasUnmatched}}>Matched nobody: \#
        <bdi data-text="unmatched">{{.unmatched}}</bdi></p>\#
        <p class="fault" data-if="hasFault" data-text="fault"{{^.hasFault}} hidden{{/.hasFault}}>{{.fault}}</p>\#
        <p class="hint" data-if="hasHint" data-text="hint"{{^.hasHint}} hidden{{/.hasHint}}>{{.hint}}</p>\#
        <details><summary>Answer</summary><pre dir="ltr" data-text="answer">{{.answer}}</pre></details></li>
        """#
}

/// The content types that the templates name.
private enum MustacheTypes {
    private static let registration: Void = MustacheContentTypes.register(StrictHTML(), named: StrictHTML.name)

    /// The library keeps them for the whole process; once is enough.
    static func registerOnce() {
        registration
    }
}
