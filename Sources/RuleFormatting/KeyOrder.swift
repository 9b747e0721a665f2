import Diagnostics
import RuleCompiler
import RuleSyntax

/// Puts the keys of rules and tests in their order, and says where blank lines belong.
struct KeyOrder {
    let bytes: [UInt8]

    /// Orders a file's layout.
    ///
    /// What is marked with an anchor keeps its order, since its aliases stand where the order may mean something.
    func apply(to layout: inout Layout) {
        guard layout.root.anchor == nil, case .block(var root) = layout.root.value,
            root.entries.allSatisfy({ $0.key != nil })
        else { return }
        root.isSpaced = true
        for index in root.entries.indices {
            guard case .block(var items) = root.entries[index].value else { continue }
            let keys: [String]
            switch root.entries[index].name {
            case "rules":
                items.isSpaced = items.entries.allSatisfy { $0.key == nil }
                keys = Language.rule.described.map(\.name)
            case "tests": keys = Language.test.described.map(\.name)
            default: continue
            }
            if root.entries[index].anchor == nil { order(&items, by: keys) }
            root.entries[index].value = .block(items)
        }
        layout.root.value = .block(root)
    }

    private func order(_ items: inout Block, by keys: [String]) {
        let ranks = Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
        for index in items.entries.indices where items.entries[index].key == nil && items.entries[index].anchor == nil {
            guard case .block(var mapping) = items.entries[index].value else { continue }
            guard mapping.entries.allSatisfy({ $0.key != nil }) else { continue }
            mapping.entries = ordered(mapping.entries, by: ranks)
            items.entries[index].value = .block(mapping)
        }
    }

    /// A key with the unknown ones behind it, which go where it goes.
    private struct Group {
        var rank: Int
        var entries: [Entry]
    }

    private func ordered(_ entries: [Entry], by ranks: [String: Int]) -> [Entry] {
        var groups: [Group] = []
        for entry in entries {
            if let rank = ranks[entry.name] {
                groups.append(Group(rank: rank, entries: [entry]))
            } else if groups.isEmpty {
                groups.append(Group(rank: -1, entries: [entry]))
            } else {
                groups[groups.count - 1].entries.append(entry)
            }
        }
        // Keys stand once in a mapping, so no two groups have the same rank.
        let sorted = groups.sorted { $0.rank < $1.rank }
        guard sorted.map(\.rank) != groups.map(\.rank), keepsAnchors(groups) else { return entries }
        return sorted.flatMap(\.entries)
    }

    /// Whether every alias still finds the anchor that it meant when the groups are sorted.
    private func keepsAnchors(_ groups: [Group]) -> Bool {
        let names = groups.map { group in
            var names = AnchorNames()
            for entry in group.entries {
                if let key = entry.key { names.note(key.lowerBound, in: bytes) }
                if let node = entry.node { names.collect(node, in: bytes) }
            }
            return names
        }
        for later in groups.indices {
            for earlier in groups[..<later].indices where groups[earlier].rank > groups[later].rank {
                if names[earlier].meets(names[later]) { return false }
            }
        }
        return true
    }
}

/// The anchors that a part of a file sets and uses.
private struct AnchorNames {
    var set: Set<[UInt8]> = []
    var used: Set<[UInt8]> = []

    mutating func collect(_ node: YAMLNode, in bytes: [UInt8]) {
        guard !node.span.bytes.isEmpty else { return }
        note(node.span.bytes.lowerBound, in: bytes)
        // What an alias stands for was written elsewhere.
        guard !node.isAlias(in: bytes) else { return }
        switch node.content {
        case .scalar: return
        case .sequence(let nodes): for node in nodes { collect(node, in: bytes) }
        case .mapping(let entries):
            for entry in entries {
                note(entry.keySpan.bytes.lowerBound, in: bytes)
                collect(entry.value, in: bytes)
            }
        }
    }

    mutating func note(_ offset: Int, in bytes: [UInt8]) {
        guard offset < bytes.count else { return }
        let name = { Array(bytes[offset + 1..<bytes.anchorEnd(from: offset)]) }
        if bytes[offset] == UInt8(ascii: "&") { set.insert(name()) }
        if bytes[offset] == UInt8(ascii: "*") { used.insert(name()) }
    }

    func meets(_ other: AnchorNames) -> Bool {
        !set.isDisjoint(with: other.set) || !set.isDisjoint(with: other.used) || !used.isDisjoint(with: other.set)
    }
}
