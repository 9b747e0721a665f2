internal import ActionKit
internal import Ledger

extension DispatchState {
    /// Lets nothing more through to a destination that does not accept the key.
    ///
    /// Its jobs, and those behind them in their lanes, leave memory and wait in the ledger.
    mutating func pause(_ destination: String, because reason: Reason) {
        let gate = gateNumber(destination)
        guard !gates[gate].isRefusing else { return }
        news.notices.append(.paused(destination: destination, reason))
        _ = gates[gate].refuse()
        waiting.removeAll { [lanes] lane in lanes[lane]?.task?.queued.destination == destination }
        for lane in Array(lanes.keys) {
            guard let place = lanes.index(forKey: lane) else { continue }
            forget(lanes.values[place].leave(for: destination))
            if lanes.values[place].task == nil { lanes.remove(at: place) }
        }
    }

    /// Lets jobs through again to a destination that has another key; whether it was paused.
    mutating func resume(_ destination: String) -> Bool {
        let gate = gateNumber(destination)
        let wasRefusing = gates[gate].isRefusing
        gates[gate].resume()
        if wasRefusing { news.notices.append(.resumed(destination: destination)) }
        return wasRefusing
    }
}
