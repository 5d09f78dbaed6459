package import AQICore

/// What came of one station within one minute, parameter by parameter.
package struct MinuteSamples: Equatable, Sendable {
    package var station: String
    /// Minutes since 1970-01-01T00:00Z.
    package var minute: Int64
    package var columns: [MinuteColumn]
    /// Where the next sample is expected.
    private var next = 0

    package init(station: String, minute: Int64, columns: [MinuteColumn] = []) {
        self.station = station
        self.minute = minute
        self.columns = columns
    }

    package static func == (left: MinuteSamples, right: MinuteSamples) -> Bool {
        left.station == right.station && left.minute == right.minute && left.columns == right.columns
    }

    /// The moment at which the minute begins.
    package var beginning: Instant { Instant(seconds: minute * 60) }

    package var count: Int { columns.reduce(0) { $0 + $1.seconds.count } }

    /// What a sample takes in memory, with the room that arrays keep for more, and what a column takes beside: two arrays with
    /// their heads. Measured: 8 to 9 bytes a sample at 1 Hz, 200 at one a minute.
    static let bytesASample = 8
    static let bytesAColumn = 200

    /// What it takes in memory, about.
    var bytes: Int { count * MinuteSamples.bytesASample + columns.count * MinuteSamples.bytesAColumn }

    /// Adds a sample; false for a second of which one came before: the first stays.
    @discardableResult
    package mutating func add(_ value: Concentration, of parameter: UInt8, atSecond second: UInt8) -> Bool {
        // Parameters come in turn: mostly it is the one after the last.
        var place = next < columns.count && columns[next].parameter == parameter ? next : 0
        while place < columns.count, columns[place].parameter != parameter { place += 1 }
        next = place + 1 < columns.count ? place + 1 : 0
        if place == columns.count { columns.append(MinuteColumn(parameter: parameter)) }
        return columns[place].add(value, atSecond: second)
    }

    /// Adds the samples of another set of the same minute; where both have a second, this one's stays.
    package mutating func formUnion(_ other: [MinuteColumn]) {
        for column in other {
            for (second, value) in zip(column.seconds, column.values) {
                add(value, of: column.parameter, atSecond: second)
            }
        }
    }

    /// Hands out the samples as readings of a station of a configuration; parameters that this program does not know are left
    /// out.
    package func forEachReading(station: Int32, _ body: (Reading) throws -> Void) rethrows {
        for column in columns {
            guard let parameter = Parameter(rawValue: column.parameter) else { continue }
            let channel = Channel(station: station, parameter: parameter)
            for (second, value) in zip(column.seconds, column.values) {
                try body(Reading(channel: channel, time: beginning + Int64(second), value: value))
            }
        }
    }
}

extension MinuteColumn {
    /// Adds a sample at its place; false for a second that is there.
    mutating func add(_ value: Concentration, atSecond second: UInt8) -> Bool {
        // They nearly always come in order.
        guard let last = seconds.last, last >= second else {
            seconds.append(second)
            values.append(value)
            return true
        }
        let place = seconds.firstIndex { $0 >= second } ?? seconds.count
        guard seconds[place] != second else { return false }
        seconds.insert(second, at: place)
        values.insert(value, at: place)
        return true
    }
}

/// Samples that wait to be written, in bounded memory: where there are more, the oldest minutes go first.
package struct SampleBuffer: Sendable {
    /// Bytes of memory held at most, as ``MinuteSamples/bytes`` estimates them.
    package let capacity: Int
    private var bytes = 0
    package private(set) var count = 0
    /// Samples that were dropped since ``removeAll()``.
    package private(set) var dropped = 0
    /// In the order in which they were begun.
    private var minutes: [MinuteSamples] = []
    /// Where each minute of a station is in them, and of each station its newest.
    private var places: [Slot: Int] = [:]
    private var newest: [Int]
    private let stations: [String]

    private struct Slot: Hashable {
        var station: Int
        var minute: Int64
    }

    package init(stations: [String], capacity: Int) {
        self.stations = stations
        self.capacity = capacity
        newest = [Int](repeating: -1, count: stations.count)
    }

    package var isEmpty: Bool { minutes.isEmpty }

    package mutating func add(_ reading: Reading) {
        let station = Int(reading.channel.station)
        let minute = Int64(reading.time.seconds >= 0 ? reading.time.seconds / 60 : (reading.time.seconds - 59) / 60)
        let second = UInt8(truncatingIfNeeded: reading.time.seconds - minute * 60)
        var place = newest[station]
        if place < 0 || minutes[place].minute != minute {
            // A late reading, or a new minute.
            let slot = Slot(station: station, minute: minute)
            place = places[slot] ?? minutes.count
            if place == minutes.count {
                minutes.append(MinuteSamples(station: stations[station], minute: minute))
                places[slot] = place
            }
            newest[station] = place
        }
        let columns = minutes[place].columns.count
        if minutes[place].add(reading.value, of: reading.channel.parameter.rawValue, atSecond: second) {
            count += 1
            bytes += MinuteSamples.bytesASample
            if minutes[place].columns.count > columns { bytes += MinuteSamples.bytesAColumn }
        }
        if bytes > capacity { dropOldest() }
    }

    /// Whether there is a minute that is over.
    package func hasMinute(overAt now: Instant) -> Bool { minutes.contains { $0.beginning + 60 <= now } }

    /// Whether it is time to write, lest something be dropped.
    package var isHalfFull: Bool { bytes > capacity / 2 }

    /// What waits, to be written.
    package var waiting: [MinuteSamples] { minutes }

    /// Forgets what waits: it is written.
    package mutating func removeAll() {
        minutes.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        (count, bytes, dropped) = (0, 0, 0)
        for station in newest.indices { newest[station] = -1 }
    }

    /// Drops the older half, so that this is seldom.
    private mutating func dropOldest() {
        let order = places.sorted { ($0.key.minute, $0.value) < ($1.key.minute, $1.value) }
        minutes = order.map { minutes[$0.value] }
        var gone = 0
        while bytes > capacity / 2, gone < minutes.count {
            bytes -= minutes[gone].bytes
            count -= minutes[gone].count
            dropped += minutes[gone].count
            gone += 1
        }
        minutes.removeFirst(gone)
        places.removeAll(keepingCapacity: true)
        for (place, slot) in order.dropFirst(gone).enumerated() { places[slot.key] = place }
        for station in newest.indices { newest[station] = -1 }
    }
}
