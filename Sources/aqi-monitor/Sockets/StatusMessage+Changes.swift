import AQICore
import Terminal

extension StatusMessage {
    /// The message without what is as it was when a peer was told last: `stations` and `senders` say whether the one at a place has
    /// changed since, `desk` whether the desk has, and `logged` how many lines the log had then.
    static func changes(
        _ snapshot: Snapshot, process: Int32, since logged: UInt64, stations: (Int) -> Bool, senders: (Int) -> Bool,
        desk: Bool
    ) -> StatusMessage {
        var part = snapshot
        part.stations = snapshot.stations.indices.filter(stations).map { snapshot.stations[$0] }
        part.senders = snapshot.senders.indices.filter(senders).map { snapshot.senders[$0] }
        part.log = snapshot.log.suffix(Int(clamping: snapshot.logged - min(logged, snapshot.logged)))
        var message = StatusMessage(part, process: process)
        message.changes = true
        if !desk { message.desk = nil }
        return message
    }
}

extension Snapshot {
    /// Lines of the log that a screen keeps.
    private static let keptLines = 200

    /// Takes in what has changed since; the desk only where the changes have one.
    mutating func take(changes: Snapshot, hasDesk: Bool) {
        var next = changes
        if !hasDesk { next.desk = desk }
        next.stations = Snapshot.merge(stations, changes.stations) { $0.key == $1.key }
        next.senders = Snapshot.merge(senders, changes.senders) { $0.name == $1.name && $0.receiver == $1.receiver }
        next.log = (log + changes.log).suffix(Snapshot.keptLines)
        self = next
    }

    private static func merge<Element>(
        _ all: [Element], _ changed: [Element], _ areSame: (Element, Element) -> Bool
    ) -> [Element] {
        var all = all
        for element in changed {
            if let place = all.firstIndex(where: { areSame($0, element) }) {
                all[place] = element
            } else {
                all.append(element)
            }
        }
        return all
    }
}
