/// Picks one of several members by a conversation alone, so that a member who joins or leaves moves few conversations.
///
/// Highest random weight: each member draws a weight for the conversation, and the highest wins. A member who leaves gives away only
/// the conversations that were its own, and one who joins takes an equal share from each.
///
/// The weight is part of what rules mean and must never change: FNV-1a of 64 bits over the UTF-8 bytes of the conversation, a
/// zero byte and the member's digits, then the finaliser of SplitMix64. Without it the last digits, in which the numbers of
/// a team differ, would hardly reach the highest bits, and some members would be picked twice as often as others.
///
/// David G. Thaler, Chinya V. Ravishankar: Using Name-Based Mappings to Increase Hit Rates, 1998.
enum RendezvousHash {
    /// The member whose weight is highest; `nil` when there is none.
    static func member(of members: [Team.Member], for conversation: String) -> Team.Member? {
        var best: (member: Team.Member, weight: UInt64)?
        for member in members {
            let weight = weight(of: member.phone.digits, for: conversation)
            guard let leader = best, leader.weight >= weight else {
                best = (member, weight)
                continue
            }
        }
        return best?.member
    }

    /// What a member draws for a conversation.
    static func weight(of digits: String, for conversation: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        conversation.utf8.forEach(take)
        take(0)
        digits.utf8.forEach(take)
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
