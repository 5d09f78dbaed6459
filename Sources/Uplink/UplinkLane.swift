package import AQICore

/// The six pollutants of a station's hour or minute, under its start.
package struct Interval: Equatable, Sendable {
    package var station: String
    package var start: Instant
    package var row: HourRow

    package init(station: String, start: Instant, row: HourRow) {
        self.station = station
        self.start = start
        self.row = row
    }
}

/// What is to go to a platform in one order, and how far it has come: what waited when the connection was made, and what is new.
///
/// The cursor is where the one that waited longest stands, so that nothing is left out: what went ahead of it may go twice after a
/// restart, and is the same then.
struct UplinkLane {
    struct Entry: Equatable {
        var sequence: Int64
        var interval: Interval
    }

    /// The end when the connection was made: up to there is what waited.
    let head: Int64
    /// How far what waited, and what is new, has been read into here.
    private(set) var backlogRead: Int64
    private(set) var liveRead: Int64
    private(set) var cursor: Int64
    private var backlog: [Entry] = []
    private var live: [Entry] = []
    /// The last of what is new that is done.
    private var liveDone: Int64
    private var hasOldUnderWay = false

    init(cursor: Int64, head: Int64) {
        self.cursor = cursor
        self.head = max(head, cursor)
        backlogRead = cursor
        liveRead = self.head
        liveDone = self.head
    }

    /// Whether more of what waited, or of what is new, can be taken.
    var wantsBacklog: Bool { backlog.isEmpty && backlogRead < head }
    var wantsLive: Bool { live.isEmpty }
    var hasBacklog: Bool { !backlog.isEmpty }

    /// Takes what waited, as the store has it after ``backlogRead``; nothing where that was all.
    mutating func offerBacklog(_ entries: [Entry]) {
        backlog += entries
        backlogRead = entries.last?.sequence ?? head
    }

    /// Takes what became final since; up to `read` there is nothing else.
    mutating func offerLive(_ entries: [Entry], read: Int64? = nil) {
        live += entries
        liveRead = read ?? entries.last?.sequence ?? liveRead
    }

    /// The next of what is new, or of what waited: it is under way then.
    mutating func next(isLive: Bool) -> Entry? {
        if isLive { return live.isEmpty ? nil : live.removeFirst() }
        guard !backlog.isEmpty else { return nil }
        hasOldUnderWay = true
        return backlog.removeFirst()
    }

    /// What was under way has come to an end.
    mutating func finish(_ entry: Entry, isLive: Bool) {
        if isLive {
            liveDone = entry.sequence
        } else {
            hasOldUnderWay = false
            cursor = max(cursor, entry.sequence)
        }
        settle()
    }

    /// Where nothing waits any more, the cursor is where the new stands.
    mutating func settle() {
        guard backlog.isEmpty, backlogRead >= head, !hasOldUnderWay else { return }
        cursor = max(cursor, liveDone)
    }
}
